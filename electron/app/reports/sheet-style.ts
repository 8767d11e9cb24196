/** How a report looks on a screen and on paper: black on white, whatever the computer's theme is, since paper has none. */
export const sheetStyle = `
:root{color-scheme:light}
body{max-width:46rem;margin:2rem auto;padding:0 1.5rem;font:10.5pt/1.45 system-ui,sans-serif;color:#1a1d24;background:#fff;overflow-wrap:anywhere}
header{display:flex;align-items:center;gap:1rem;margin-bottom:1.5rem;font-weight:600}
header p{margin:0}
.logo{max-height:15mm;max-width:60mm}
h1{margin:0 0 .5rem;font-size:1.6em;line-height:1.2}
h2{margin:1.6em 0 .5em;padding-top:.5em;border-top:1px solid #c9cdd6;font-size:1.2em;break-after:avoid}
h3{margin:1.1em 0 .2em;font-size:1em;break-after:avoid}
p{margin:.35em 0}
.lead{font-size:1.2em;font-weight:600}
ul,ol{margin:.4em 0;padding-left:1.4em}
li{margin:.2em 0}
.boxes{list-style:none;padding:0}
.boxes li{position:relative;padding-left:1.9em;margin:.55em 0;break-inside:avoid}
.boxes li::before{content:'';position:absolute;left:0;top:.1em;width:1em;height:1em;border:1.2pt solid #1a1d24;border-radius:2px}
section,tr{break-inside:avoid}
td:not(:last-child),th:not(:last-child){overflow-wrap:break-word}
table{width:100%;border-collapse:collapse;font-size:.95em}
th,td{padding:.25em .6em .25em 0;text-align:start;vertical-align:top;border-bottom:1px solid #e4e6eb}
.facts th{width:32%;font-weight:500;color:#4a5060}
pre{margin:.4em 0;padding:.5em .7em;border:1px solid #e4e6eb;white-space:pre-wrap;font-size:.9em}
@media print{body{max-width:none;margin:0;padding:0;font-size:9pt;line-height:1.3}
header{margin-bottom:.8rem}
h2{margin:.9em 0 .25em;padding-top:.35em}
h3{margin:.7em 0 .15em}
p,ul,ol{margin:.25em 0}
li{margin:.1em 0}
th,td{padding:.12em .6em .12em 0}
.facts th{width:26%}}
`.replaceAll('\n', '');

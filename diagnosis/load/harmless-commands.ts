/**
 * What a command of the catalog may be: settings, modes and permissions, and caches, which fill again by themselves. Nothing here can
 * delete a photo, an app or what an app keeps; above all not `pm clear`, which takes sign-in and upload queue, without `--cache-only`.
 */
const harmless: readonly RegExp[] = [
  /^am force-stop --user /,
  /^am set-standby-bucket --user /,
  /^am start --user \{identity\.userId\} -n \{app\.launcher\}$/,
  /^appops set --user /,
  /^content call --user \{identity\.userId\} --uri content:\/\/media --method scan_volume --arg external_primary$/,
  /^cmd connectivity airplane-mode (?:enable|disable)$/,
  /^cmd connectivity set-package-networking-enabled (?:true|false) \{app\}$/,
  /^cmd deviceidle whitelist [+-]\{app\}$/,
  /^cmd deviceidle (?:force-idle|unforce)$/,
  /^cmd netpolicy (?:add|remove) restrict-background-(?:black|white)list /,
  /^cmd netpolicy set (?:metered-network|restrict-background) /,
  /^cmd power set-(?:mode|adaptive-power-saver-enabled) /,
  /^diagnostics restart$/,
  /^dumpsys battery (?:reset|unplug)$/,
  /^pm clear --cache-only --user \{identity\.userId\} \{app\}$/,
  /^pm (?:enable|disable-user|suspend|unsuspend|grant|revoke) --user /,
  /^pm trim-caches /,
  /^settings put (?:global|system|secure) /,
  /^svc power reboot$/,
];

/** Whether a command template is of a kind that takes nothing from the owner of a phone. */
export const isHarmless = (template: string): boolean => harmless.some((kind) => kind.test(template));

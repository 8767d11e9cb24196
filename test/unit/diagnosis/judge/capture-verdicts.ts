/** What is said of each case of `../shared/captures`, and where that is not what an expert reads in it, why. */
export interface SaidOfCases {
  verdict: string;
  exit: number;
  cases: readonly string[];
}

export const saidOfCases: readonly SaidOfCases[] = [
  {
    verdict: 'No backup app that is known here is installed, which may hold uploads back.',
    exit: 5,
    cases: ['android/bugreports/axxs-tb8168-android13.zip', 'android/bugreports/sunmi-T2s-android9.zip'],
  },
  {
    verdict: 'The phone has no internet connection, so nothing is uploaded; 1 more thing needs attention.',
    exit: 1,
    cases: ['android/bugreports/emulator-gphone-android9.zip'],
  },
  {
    verdict: 'No account for Google Photos is on the phone, so nothing is uploaded.',
    exit: 1,
    cases: ['android/bugreports/smartron-tphoneE-android8.1.zip'],
  },
  {
    verdict:
      'Nothing could be judged, because nothing that was read speaks of a backup app or of the settings that matter.',
    exit: 5,
    cases: [
      'android/singles/air3-android13_dumpsys_package.txt',
      'android/singles/android11plus_dumpsys_activity_exit-info.txt',
      'android/singles/android9-10_dumpsys_jobscheduler.txt',
      'android/singles/charge-limit_dumpsys_jobscheduler.txt',
      'android/singles/customrom-android12_dumpsys_netpolicy.txt',
      'android/singles/emulator-android15_dumpsys_content.txt',
      'android/singles/emulator-android16_dumpsys_package.txt',
      'android/singles/emulator-android17preview_dumpsys_package.txt',
      'android/singles/headunit-android13_dumpsys_package.txt',
      'android/singles/pixel7-android15_batterystats_checkin.txt',
      'android/singles/realme-android15_dumpsys_package.txt',
      'android/singles/samsung-s25ultra_dumpsys_package.txt',
      'android/singles/xiaomi-android10_dumpsys_package.txt',
      'android/singles/xiaomi-android13_dumpsys_package.txt',
      'field/03-tablet-kiosk-dumpsys-package-utf16',
      'field/07-oppo-coloros12-package',
      'field/09-android6-alarm-named-power',
      'field/17-xiaomi-msm-a7-a8-connectivity-netpolicy',
      'field/18-xiaomi-hyperos-telekom-deviceidle',
      'field/22-device-a9-wifi-disconnected',
      'field/25-huawei-matepad-emui14-getprop-prompt',
      'field/28-pixel-a16-advanced-protection-device-policy',
      'field/29-pixel-termux-permission-denial',
      'field/30-no-device-error-saved-as-dump',
      'field/31-pda-a11-jobscheduler-cut',
      'field/33-mediatek-a10-duraspeed-deviceidle-cut',
      'field/36-samsung-a10-androidqf-acquisition',
      'field/43-samsung-mars-xiaomi-onekeyclean-huawei-iaware-kills',
      'field/45-accounts-header-variants',
      'field/48-emulator-a14-exit-info',
    ],
  },
  {
    verdict:
      'Too little was read to say whether something keeps photos from being backed up; some checks could not be read.',
    exit: 5,
    cases: [
      'android/singles/motorola-edge20-android13_dumpsys_location.txt',
      'android/singles/motorola-edge20-android13_getprop.txt',
      'android/singles/samsung-s9_dumpsys_battery.txt',
      'android/singles/samsung_dumpsys_location.txt',
      'android/singles/vivo-android14_dumpsys_power.txt',
      'field/02-gwm-haval-carunit-a9-whole-dumpsys',
      'field/04-oneplus-nordn10-oxygenos11-getprop',
      'field/05-pixel8pro-a16qpr2-getprop',
      'field/08-unknown-a16-power-utf16',
      'field/10-lg-v60-a11-getprop',
      'field/14-pixel6a-a16-battery-thermal-wifi-connectivity',
      'field/15-samsung-a10-cmdexe-transcript',
      'field/19-phone-a11-connectivity-wifi',
      'field/27-emulator-api37-netpolicy-power-markdown',
      'field/47-instagram-usagestats-wrapped',
      'field-small/connectivity-html-escaped',
      'field-small/deviceidle-ansi-colours',
      'field-small/library-overlay-paths-at-column-0-a12',
    ],
  },
  {
    verdict: 'Nextcloud may not run in the background, so it uploads only while it is open.',
    exit: 1,
    cases: ['android/samsung-android16'],
  },
  {
    verdict: 'The battery counts as low because battery saver is set to start so early, so uploads come late.',
    exit: 1,
    cases: ['android/xiaomi-pad6-hyperos2-android14'],
  },
  {
    verdict: 'Work of Xiaomi Gallery is waiting for a Wi-Fi that is not metered, so uploads come late.',
    exit: 1,
    cases: ['field/01-xiaomi-redmi9power-miui14-a12', 'field-small/jobscheduler-of-one-package-a12'],
  },
  {
    verdict: 'No dump of a phone.',
    exit: 3,
    cases: ['field/12-samsung-a14-dumpstate-log', 'field/32-xiaomi-hyperos-rare-bucket-excerpt'],
  },
  {
    verdict: 'Nextcloud may not see photos, so nothing is uploaded.',
    exit: 1,
    cases: [
      'field/39-oppo-coloros-a16-package',
      'field/40-oppo-coloros11-package-adapted',
      'field-small/blanks-at-line-ends',
    ],
  },
  {
    verdict: 'Google Play services are switched off or missing, so nothing is uploaded.',
    exit: 1,
    cases: [
      'field-small/appops-dump-ends-early',
      'field-small/exit-info-of-one-package',
      'field-small/netpolicy-indent-lost',
    ],
  },
  {
    verdict: 'Google Photos may not see photos, so nothing is uploaded.',
    exit: 1,
    cases: ['field-small/permissions-under-overlay-paths-a11'],
  },
];

/** Why a verdict is not what the expert says; of all others with an expert's words the verdict agrees with them. */
export const whyNot: Readonly<Record<string, string>> = {
  'field/32-xiaomi-hyperos-rare-bucket-excerpt':
    'lines of a job dump without its heading: nothing in them says which app they are about, so the file is refused',
};

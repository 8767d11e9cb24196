#!/bin/sh
set -e
folder='/opt/Phone Health Inspector'

ln -sf "$folder/phone-health-inspector" /usr/bin/phone-health-inspector

# Chromium's sandbox needs user namespaces; a kernel without them needs the set-uid helper.
if [ -L /proc/self/ns/user ] && unshare --user true 2>/dev/null; then
  chmod 0755 "$folder/chrome-sandbox" || true
else
  chmod 4755 "$folder/chrome-sandbox" || true
fi

# AppArmor before 4.0 knows neither the profile nor the restriction that it lifts.
profile="$folder/resources/apparmor-profile"
if command -v apparmor_parser >/dev/null 2>&1 && apparmor_parser --skip-kernel-load "$profile" >/dev/null 2>&1; then
  cp -f "$profile" /etc/apparmor.d/phone-health-inspector
  if ! { [ -x /usr/bin/ischroot ] && /usr/bin/ischroot; }; then
    apparmor_parser --replace --write-cache --skip-read-cache /etc/apparmor.d/phone-health-inspector || true
  fi
fi

# Phones that are plugged in already get their access now.
if command -v udevadm >/dev/null 2>&1; then
  udevadm control --reload || true
  udevadm trigger --subsystem-match=usb --action=change || true
fi
if command -v update-mime-database >/dev/null 2>&1; then update-mime-database /usr/share/mime || true; fi
if command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database /usr/share/applications || true; fi

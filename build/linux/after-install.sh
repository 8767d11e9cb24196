#!/bin/sh
set -e
folder='/opt/Phone Health Inspector'

ln -sf "$folder/phone-health-inspector" /usr/bin/phone-health-inspector

# AppArmor before 4.0 knows neither the profile nor the restriction that it lifts.
profile="$folder/resources/apparmor-profile"
has_profile=no
if command -v apparmor_parser >/dev/null 2>&1 && apparmor_parser --skip-kernel-load "$profile" >/dev/null 2>&1; then
  cp -f "$profile" /etc/apparmor.d/phone-health-inspector
  # In the tree of an image it is loaded when that starts.
  if [ -x /usr/bin/ischroot ] && /usr/bin/ischroot; then
    has_profile=yes
  elif apparmor_parser --replace --write-cache --skip-read-cache /etc/apparmor.d/phone-health-inspector; then
    has_profile=yes
  fi
fi

# Chromium's sandbox needs user namespaces, and where a system keeps them from people the set-uid helper. Not tried out: root, which installs
# this, may make them where nobody else may. Each of these is a way to forbid them (Linux, Debian, Ubuntu from 23.10 on).
is() { [ "$(cat "/proc/sys/$1" 2>/dev/null)" = "$2" ]; }
if [ ! -e /proc/self/ns/user ] || is user/max_user_namespaces 0 || is kernel/unprivileged_userns_clone 0 ||
  { is kernel/apparmor_restrict_unprivileged_userns 1 && [ "$has_profile" = no ]; }; then
  chmod 4755 "$folder/chrome-sandbox" || true
else
  chmod 0755 "$folder/chrome-sandbox" || true
fi

# Phones that are plugged in already get their access now.
if command -v udevadm >/dev/null 2>&1; then
  udevadm control --reload || true
  udevadm trigger --subsystem-match=usb --action=change || true
fi
if command -v update-mime-database >/dev/null 2>&1; then update-mime-database /usr/share/mime || true; fi
if command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database /usr/share/applications || true; fi

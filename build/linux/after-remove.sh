#!/bin/sh
set -e
# An update (`upgrade` from dpkg, 1 from rpm) installs the next version by itself.
case "$1" in
upgrade | failed-upgrade | abort-install | abort-upgrade | disappear | 1) exit 0 ;;
esac

rm -f /usr/bin/phone-health-inspector
if [ -f /etc/apparmor.d/phone-health-inspector ]; then
  if command -v apparmor_parser >/dev/null 2>&1; then
    apparmor_parser --remove /etc/apparmor.d/phone-health-inspector 2>/dev/null || true
  fi
  rm -f /etc/apparmor.d/phone-health-inspector
fi
if command -v udevadm >/dev/null 2>&1; then udevadm control --reload || true; fi

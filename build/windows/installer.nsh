; What the program writes into the registry while it runs goes with it, and stays when a newer version takes its place.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    ; Starting with the computer (Electron's setLoginItemSettings): by the id of the package, and what the Task Manager keeps of it.
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "${APP_ID}"
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run" "${APP_ID}"
    ; Links (setAsDefaultProtocolClient): unless they have come to belong to a program in another folder.
    ReadRegStr $R0 HKCU "Software\Classes\phone-health\shell\open\command" ""
    StrCpy $R1 '"$INSTDIR\'
    StrLen $R2 $R1
    StrCpy $R0 $R0 $R2
    ${if} $R0 == $R1
      DeleteRegKey HKCU "Software\Classes\phone-health"
    ${endIf}
  ${endIf}
!macroend

@echo off
rem The command line of the installed program.
"%~dp0..\..\Phone Health Inspector.exe" --command-line %*

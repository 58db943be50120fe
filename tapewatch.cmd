@echo off
rem Tapewatch on this machine: builds when something is stale, then runs the program. A release brings its jars, and never builds.
rem Try: tapewatch --help
setlocal
set "root=%~dp0"
set "tools=%root%target\tools"
set "jar=%tools%\tapewatch-tools.jar"

set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
"%java%" -version >nul 2>&1
if errorlevel 1 (
    echo tapewatch: java was not found; install a JDK 17 or newer, or set JAVA_HOME to one 1>&2
    exit /b 1
)
set "found="
for /f "tokens=3" %%v in ('""%java%" -version 2>&1" ^| findstr /c:" version "') do if not defined found set "found=%%~v"
for /f "tokens=1,2 delims=.-+" %%a in ("%found%") do if "%%a"=="1" (set "major=%%b") else (set "major=%%a")
if not defined major set "major=0"
if %major% LSS 17 (
    echo tapewatch: found Java %found%; a JDK 17 or newer is needed, see JAVA_HOME 1>&2
    exit /b 1
)

if exist "%root%pom.xml" goto source
if exist "%jar%" goto run
echo tapewatch: %jar% is missing; unpack the release anew 1>&2
exit /b 1

:source
set "stale="
if not exist "%jar%" set "stale=1"
if not exist "%tools%\lib" set "stale=1"
if not defined stale powershell -NoProfile -Command "$jar = (Get-Item -LiteralPath $env:jar).LastWriteTimeUtc; if (@(Get-Item -LiteralPath ($env:root + 'pom.xml')) + @(Get-ChildItem -LiteralPath ($env:root + 'src\main') -Recurse) | Where-Object { $_.LastWriteTimeUtc -gt $jar }) { exit 1 }"
if errorlevel 1 set "stale=1"

if not defined stale goto run
set "log=%root%target\tapewatch-build.log"
if not exist "%root%target" mkdir "%root%target"
echo building, the first time this downloads several hundred MB; the build's log is %log% 1>&2
rem A file that is saved during the build is newer than this, and makes the next start build again.
set "begun=%root%target\tapewatch-build.begun"
echo begun> "%begun%"
pushd "%root%"
call mvnw.cmd -B -Dmaven.test.skip=true -Dstyle.color=never package > "%log%" 2>&1
set "built=%errorlevel%"
popd
if not "%built%"=="0" (
    echo tapewatch: the build failed; see %log% 1>&2
    exit /b 1
)
powershell -NoProfile -Command "(Get-Item -LiteralPath $env:jar).LastWriteTimeUtc = (Get-Item -LiteralPath $env:begun).LastWriteTimeUtc"

:run
"%java%" -Xmx1100m -XX:MaxDirectMemorySize=384m -XX:MaxMetaspaceSize=256m -XX:+UseSerialGC -cp "%jar%;%tools%\lib\*" io.tapewatch.cli.Main %*
exit /b %errorlevel%

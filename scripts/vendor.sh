#!/bin/sh
# Refresh the style sheets, scripts, fonts and icons that Fotfeste ships.
#
#   scripts/vendor.sh           # the versions named below
#
# Only the one who refreshes needs npm; the result is committed, so nobody else does.
# Afterwards: look at the style guide page, run tests/kernel/ui, commit the folder and vendor.lock together.
set -eu

DESIGNSYSTEMET=1.22.0
INTER=5.3.0
LUCIDE=1.62.0
ICONS="arrow-down arrow-left arrow-right arrow-up bell briefcase building-2 calendar calendar-check chart-line check
chevron-down chevron-left chevron-right chevron-up chevrons-up-down circle circle-arrow-right circle-check circle-dashed
circle-dot circle-minus circle-pause circle-question-mark circle-slash circle-x clock clock-alert download ellipsis
external-link eye file-text filter flag footprints handshake history house inbox info key-round languages link list
lock lock-open log-in log-out mail map-pin menu message-square message-square-text octagon-alert octagon-x pencil phone
phone-missed plus printer scale school search send shield square-check table trash-2 trending-down trending-up triangle-alert undo-2 upload user
user-check user-plus user-x users x"

root=$(cd "$(dirname "$0")/.." && pwd)
target="$root/src/fotfeste/kernel/static/vendor"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

unpack() { # unpack NAME VERSION FOLDER
    (cd "$work" && npm pack --silent "$1@$2" >/dev/null)
    mkdir -p "$work/$3"
    tar -xzf "$work"/*.tgz -C "$work/$3" --strip-components=1
    rm "$work"/*.tgz
}

unpack @digdir/designsystemet-css "$DESIGNSYSTEMET" css
unpack @digdir/designsystemet-web "$DESIGNSYSTEMET" web
unpack @fontsource-variable/inter "$INTER" inter
unpack lucide-static "$LUCIDE" lucide

rm -rf "$target"
mkdir -p "$target/designsystemet" "$target/inter" "$target/lucide"
cp "$work/css/dist/src/index.css" "$target/designsystemet/designsystemet.css"
cp "$work/css/dist/theme/designsystemet.css" "$target/designsystemet/theme.css"
python3 "$root/scripts/vendor_pictures.py" "$target/designsystemet/designsystemet.css" "$target/designsystemet/pictures"
cp "$work/css/LICENSE" "$target/designsystemet/LICENSE"
# The maps are not shipped, and a browser's tools would ask for them.
sed '/^\/\/# sourceMappingURL=/d' "$work/web/dist/umd/index.js" >"$target/designsystemet/designsystemet.js"
cp "$work/web/LICENSE" "$target/designsystemet/LICENSE-web"
cp "$work/inter/files/inter-latin-wght-normal.woff2" "$work/inter/files/inter-latin-ext-wght-normal.woff2" \
    "$work/inter/LICENSE" "$target/inter/"
cp "$work/lucide/LICENSE" "$target/lucide/"
for icon in $ICONS; do
    cp "$work/lucide/icons/$icon.svg" "$target/lucide/"
done

lock="$target/vendor.lock"
{
    echo "# name version license file sha256; written by scripts/vendor.sh"
    cd "$target"
    find . -type f ! -name vendor.lock | sed 's|^\./||' | LC_ALL=C sort | while read -r file; do
        case "$file" in
        designsystemet/*.js | designsystemet/LICENSE-web) name="@digdir/designsystemet-web $DESIGNSYSTEMET MIT" ;;
        designsystemet/*) name="@digdir/designsystemet-css $DESIGNSYSTEMET MIT" ;;
        inter/*) name="@fontsource-variable/inter $INTER OFL-1.1" ;;
        lucide/*) name="lucide-static $LUCIDE ISC" ;;
        esac
        echo "$name $file $(sha256sum "$file" | cut -d' ' -f1)"
    done
} >"$lock"
echo "$(grep -vc '^#' "$lock") files in $target"

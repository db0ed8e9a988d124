#!/usr/bin/env bash
# Runs a command with a Rust toolchain that can build for wasm32-unknown-unknown, and sets that toolchain up first where
# it is missing:
#
#   tools/wasm-env.sh                                                    only set up, and say what was chosen
#   tools/wasm-env.sh cargo build --target wasm32-unknown-unknown ...    set up, then run
#
# Toolchains are tried in this order; WASM_TOOLCHAIN=rustup or =debian takes one of them alone.
#   rustup   the target of the rustc on PATH, if it is there; else `rustup target add`, unless RUSTUP_AUTO_INSTALL=0 says
#            that this machine must not fetch toolchains
#   debian   Debian's rustc-web, cargo-web and rust-web-clippy, which come without std for wasm: it is built once, from
#            rust-web-src, into a sysroot under ${XDG_CACHE_HOME:-~/.cache}/flowgauge
#
# simd128 is the baseline of every build made this way. It is added here and not in .cargo/config.toml because RUSTFLAGS
# from the environment would silently replace the flags of a config file.
set -euo pipefail

TARGET=wasm32-unknown-unknown
CHOICE=${WASM_TOOLCHAIN:-auto}
LAYOUT=1 # part of the cache key: raise it when the way the sysroot is built changes

say() { printf 'wasm-env: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
has_std() {
  local dir
  dir=$("$1" --print target-libdir --target "$TARGET" 2>/dev/null) && compgen -G "$dir/libcore-*.rlib" >/dev/null
}

run() {
  if [ $# -eq 0 ]; then
    say "ready: $(rustc --version)"
    exit 0
  fi
  export RUSTFLAGS="${RUSTFLAGS:+$RUSTFLAGS }-C target-feature=+simd128"
  exec "$@"
}

case $CHOICE in
  auto | rustup)
    if command -v rustc >/dev/null; then
      if has_std rustc; then run "$@"; fi
      if [ "${RUSTUP_AUTO_INSTALL:-1}" != 0 ] && command -v rustup >/dev/null; then
        say "adding the target $TARGET with rustup"
        if rustup target add "$TARGET" >&2 && has_std rustc; then run "$@"; fi
      fi
    fi
    [ "$CHOICE" = auto ] || die "no $TARGET here: install Rust with rustup, then run: rustup target add $TARGET"
    ;;
  debian) ;;
  *) die "WASM_TOOLCHAIN must be auto, rustup or debian, not '$CHOICE'" ;;
esac

# From here on: Debian's packages.

command -v apt-get >/dev/null ||
  die "the Rust on PATH cannot build for $TARGET, and this is not a Debian: run 'rustup target add $TARGET' (https://rustup.rs)"

apt_install() {
  local as=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || die "as root, run: apt-get install --no-install-recommends $*"
    as=(sudo)
  fi
  say "installing $*"
  # A list of packages from last year names last year's compiler, so it is fetched first; without a network the old one
  # may still do.
  "${as[@]}" apt-get update -q >/dev/null 2>&1 || say "the list of packages could not be refreshed"
  "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >&2 ||
    die "apt-get could not install $*: use rustup instead (https://rustup.rs), then: rustup target add $TARGET"
}

SOURCE=/usr/lib/rustlib/src/rust/library
LEAST=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' "${BASH_SOURCE[0]%/*}/../Cargo.toml")
PACKAGES=(rustc-web cargo-web rust-web-clippy rust-web-src)
# Whether everything is there, in the version that the project needs.
complete() {
  local needed
  for needed in /usr/bin/rustc /usr/bin/cargo /usr/bin/clippy-driver "$SOURCE/Cargo.lock"; do
    [ -e "$needed" ] || return 1
  done
  printf '%s\n' "$LEAST" "$(/usr/bin/rustc --version | cut -d' ' -f2)" | sort -V -C
}
complete || apt_install "${PACKAGES[@]}"
complete || die "Debian's newest is $(/usr/bin/rustc --version), needed is $LEAST: use rustup instead (https://rustup.rs)"

VERSION=$(/usr/bin/rustc -vV)
HOST=$(sed -n 's/^host: //p' <<<"$VERSION")
LLVM=$(sed -n 's/^LLVM version: \([0-9]*\).*/\1/p' <<<"$VERSION")
LINKER=/usr/bin/wasm-ld-$LLVM
[ -x "$LINKER" ] || apt_install "lld-$LLVM" # the linker must read the bitcode of this rustc's LLVM

KEY=$(printf '%s\n%s\n' "$LAYOUT" "$VERSION" | sha256sum | cut -c1-12)
SYSROOT=${XDG_CACHE_HOME:-$HOME/.cache}/flowgauge/wasm-sysroot-$KEY

build_sysroot() {
  local work new program
  say "building std for $TARGET once, for $(/usr/bin/rustc --version) (about a minute)"
  work=$(mktemp -d "$SYSROOT.XXXXXX")
  # shellcheck disable=SC2064 # the path is fixed here, and `work` is out of scope when the trap runs
  trap "rm -rf '$work'" EXIT
  mkdir -p "$work/src"
  printf '#![no_std]\n' >"$work/src/lib.rs"
  printf '%s\n' '[package]' 'name = "stdbuild"' 'edition = "2021"' '[profile.release]' 'codegen-units = 1' '[workspace]' \
    >"$work/Cargo.toml"
  # A stable rustc refuses -Zbuild-std without RUSTC_BOOTSTRAP; the bitcode is what lets link-time optimisation reach
  # into std. The caller's flags and wrappers are left out: this sysroot serves every later build.
  (
    cd "$work"
    env -u RUSTFLAGS -u CARGO_ENCODED_RUSTFLAGS -u CARGO_TARGET_DIR -u CARGO_BUILD_TARGET_DIR -u RUSTC_WRAPPER \
      -u RUSTC_WORKSPACE_WRAPPER RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes \
      /usr/bin/cargo build -q --release --target "$TARGET" -Zbuild-std=std,panic_abort,panic_unwind,test >&2
  )
  new=$work/sysroot
  mkdir -p "$new/bin" "$new/lib/rustlib/$TARGET/lib"
  cp "$work/target/$TARGET/release/deps/"*.rlib "$new/lib/rustlib/$TARGET/lib/"
  rm -f "$new/lib/rustlib/$TARGET/lib/"libstdbuild-*
  ln -s "/usr/lib/rustlib/$HOST" "$new/lib/rustlib/$HOST" # build scripts and procedural macros run on the host
  for program in rustc rustdoc; do
    printf '#!/bin/sh\nexec /usr/bin/%s --sysroot "%s" "$@"\n' "$program" "$SYSROOT" >"$new/bin/$program"
    chmod +x "$new/bin/$program"
  done
  ln -s /usr/bin/cargo /usr/bin/cargo-clippy "$new/bin/"
  mv -T "$new" "$SYSROOT" # the sysroot appears whole or not at all
  rm -rf "$work"
  trap - EXIT
}

if [ ! -d "$SYSROOT" ]; then
  mkdir -p "${SYSROOT%/*}"
  exec 9>"$SYSROOT.lock"
  flock 9 # two builds at once must not both pay for std
  [ -d "$SYSROOT" ] || build_sysroot
  exec 9>&-
fi

export PATH="$SYSROOT/bin:$PATH"
export RUSTC="$SYSROOT/bin/rustc" RUSTDOC="$SYSROOT/bin/rustdoc"
export SYSROOT # how clippy-driver learns of it: it stands in for rustc and does not run the script above
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$LINKER"
# A rustup toolchain chosen by the caller's environment would send cargo back to rustup's own rustc and clippy.
unset RUSTUP_TOOLCHAIN
has_std rustc || die "the sysroot $SYSROOT is not usable: delete it and run this again"
run "$@"

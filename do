#!/usr/bin/env bash
# The one place for commands. ./do with no argument lists them.
set -euo pipefail
cd "$(dirname "$0")"

build() { dotnet build -c Release -v q --nologo "$@"; }                              # build everything
tests() { dotnet test -c Release --nologo "$@"; }                                    # every test that this machine can run
house() { dotnet test -c Release --nologo tests/House.Tests "$@"; }                  # the rules of the house alone, in seconds
fmt()   { dotnet format whitespace --folder .; }                                     # lay out the code as .editorconfig says
bench() { dotnet run -c Release --project bench/Entente.Bench -- "$@"; }             # import rate, latency of figures and pages
demo()  { dotnet run -c Release --project src/Cli -- --data "$(mktemp -d)" "$@"; }   # a fresh installation in a throw-away folder
ci()    { exec .ci/run; }                                                            # everything, as on a new machine

if [[ $# -eq 0 ]]; then grep -oP '^(\w+)\(\).*#.*' "$0" | sed -E 's/^(\w+)\(\).*# /\1\t/' | expand -t 10; exit; fi
"$@"

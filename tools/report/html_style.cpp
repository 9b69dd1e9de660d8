#include "tools/report/html_parts.hpp"

namespace understudy::report {

std::string_view style_sheet() {
    return R"css(:root {
  color-scheme: light dark;
  --paper: #f6f7f9; --card: #fff; --ink: #1c2129; --dim: #5c6673; --line: #dde2e8; --code: #f2f4f7;
  --good: #1a7f4b; --bad: #c0322b; --odd: #9a6400; --blue: #2563a8;
  --good-tint: #e3f4ea; --bad-tint: #fdeae8; --odd-tint: #fcf1dc; --blue-tint: #e7f0fa;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171c; --card: #1c2027; --ink: #e4e8ee; --dim: #98a3b1; --line: #313842; --code: #15191f;
    --good: #57c78a; --bad: #ff8b80; --odd: #e8b65a; --blue: #7db4f0;
    --good-tint: #16301f; --bad-tint: #3a1d1b; --odd-tint: #362a12; --blue-tint: #182a3f;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 0 1rem 4rem; max-width: 68rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; overflow-wrap: anywhere;
}
header { padding: 1.6rem 0 .9rem; }
header p { margin: 0; color: var(--dim); }
h1 { margin: .1rem 0 .2rem; font-size: 1.7rem; line-height: 1.2; letter-spacing: -.01em; }
header.good h1 { color: var(--good); }
header.bad h1 { color: var(--bad); }
.program { font-weight: 600; }
input[name=shown] { position: absolute; opacity: 0; pointer-events: none; }
nav {
  position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .4rem; padding: .6rem 0;
  background: var(--paper);
}
nav label {
  padding: .25rem .8rem; border: 1px solid var(--line); border-radius: 2rem; background: var(--card); color: var(--dim);
  cursor: pointer; user-select: none;
}
nav label b { color: var(--ink); font-variant-numeric: tabular-nums; }
#show-all:checked ~ nav [for=show-all], #show-failed:checked ~ nav [for=show-failed],
#show-could_not_run:checked ~ nav [for=show-could_not_run], #show-flaky:checked ~ nav [for=show-flaky],
#show-expected_failure:checked ~ nav [for=show-expected_failure], #show-updated:checked ~ nav [for=show-updated],
#show-passed:checked ~ nav [for=show-passed] { border-color: var(--blue); background: var(--blue-tint); color: var(--ink); }
input[name=shown]:focus-visible ~ nav { outline: 2px solid var(--blue); outline-offset: 2px; }
#show-failed:checked ~ main .run:not(.failed), #show-could_not_run:checked ~ main .run:not(.could_not_run),
#show-flaky:checked ~ main .run:not(.flaky), #show-expected_failure:checked ~ main .run:not(.expected_failure), #show-updated:checked ~ main .run:not(.updated),
#show-passed:checked ~ main .run:not(.passed) { display: none; }
.run { margin: .6rem 0; border: 1px solid var(--line); border-left: 4px solid var(--good); border-radius: 8px; background: var(--card); }
.run.failed, .run.could_not_run { border-left-color: var(--bad); }
.run.flaky, .run.updated, .run.expected_failure { border-left-color: var(--odd); }
summary { cursor: pointer; list-style: none; border-radius: 6px; }
summary::-webkit-details-marker { display: none; }
summary:focus-visible, pre:focus-visible { outline: 2px solid var(--blue); outline-offset: -2px; }
.run > summary, .step > summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: .15rem .6rem; padding: .6rem .9rem; }
.run > summary .name { font-weight: 600; }
.name { flex: 0 1 auto; min-width: 0; max-width: calc(100% - 1.6rem); }
.chips { display: flex; flex-wrap: wrap; gap: .3rem; }
.chip { padding: 0 .5rem; border-radius: 1rem; background: var(--code); color: var(--dim); font-size: .85em; }
.chip.tag { background: var(--blue-tint); color: var(--blue); }
.time { margin-left: auto; color: var(--dim); font-variant-numeric: tabular-nums; white-space: nowrap; }
.file, .why { flex-basis: 100%; padding-left: 1.5rem; font-size: .9em; color: var(--dim); }
.why { color: var(--bad); font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .85em; }
.step > .why { margin: 0; padding: .15rem .7rem .15rem 2.2rem; background: var(--bad-tint); }
.step > .why:nth-last-child(2) { padding-bottom: .4rem; }
.run.flaky .why, .run.updated .why { color: var(--odd); }
.run[open] > summary .why { display: none; }
.mark { width: .9rem; font-weight: 700; text-align: center; }
.mark::before { content: "✓"; color: var(--good); }
.failed > summary > .mark::before, .could_not_run > summary > .mark::before { content: "✗"; color: var(--bad); }
.flaky > summary > .mark::before { content: "~"; color: var(--odd); }
.body { padding: 0 .9rem .7rem; }
.bar { display: flex; gap: 1px; height: 5px; margin: .1rem 0 .7rem; border-radius: 3px; overflow: hidden; background: var(--line); }
.bar i { min-width: 2px; background: var(--good); }
.bar .failed, .bar .could_not_run { background: var(--bad); }
.bar .rest { min-width: 0; background: none; }
.note { margin: 0 0 .6rem; color: var(--odd); }
.step { margin: .35rem 0; border: 1px solid var(--line); border-radius: 6px; }
.step > summary { padding: .4rem .7rem; }
.step.failed > summary, .step.could_not_run > summary { background: var(--bad-tint); }
.attempt { margin: .5rem 0; padding: .4rem .7rem; border: 1px dashed var(--odd); border-radius: 6px; }
.attempt > summary { color: var(--odd); }
.attempt .bar { margin-top: .5rem; }
.line { margin: .3rem .8rem .7rem; padding: 0; list-style: none; }
.line > li { position: relative; padding: .35rem 0 .25rem 1.3rem; border-left: 2px solid var(--line); }
.line > li::before {
  content: ""; position: absolute; left: -6px; top: .85rem; width: 10px; height: 10px; border-radius: 50%;
  border: 2px solid var(--card); background: var(--dim);
}
.line > .sent::before, .line > .received::before { background: var(--blue); }
.line > .compared::before { background: var(--good); }
.line > .compared.bad::before { background: var(--bad); }
h4 { margin: 0; font-size: 1em; }
h4 small { margin-left: .3rem; color: var(--dim); font-size: .88em; font-weight: 400; }
pre {
  max-width: 100%; max-height: 30rem; margin: .35rem 0; padding: .6rem .75rem; overflow: auto; border-radius: 6px;
  background: var(--code); font: 12.5px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  overflow-wrap: normal; tab-size: 4;
}
pre.log, pre.command { white-space: pre-wrap; overflow-wrap: anywhere; }
pre.diagnostic { border-left: 3px solid var(--bad); }
.more > summary { display: inline-block; padding: 0 .3rem; color: var(--blue); font-size: .88em; }
.more > summary::after { content: " ▸"; }
.more[open] > summary::after { content: " ▾"; }
.diff span, .diff del, .diff ins, .diff i { display: inline-block; min-width: 100%; }
del, ins, .legend i, .diff i { text-decoration: none; font-style: normal; }
del { background: var(--bad-tint); color: var(--bad); }
ins { background: var(--good-tint); color: var(--good); }
.diff i, .legend i { color: var(--dim); }
.legend { margin: .6rem 0 0; font-size: .85em; }
.legend del, .legend ins { padding: 0 .35rem; border-radius: 3px; }
.hint { margin: .4rem 0; padding: .4rem .7rem; border-radius: 6px; background: var(--odd-tint); }
.hint::before { content: "Hint: "; font-weight: 600; color: var(--odd); }
@media (max-width: 36rem) {
  body { padding: 0 .6rem 3rem; }
  h1 { font-size: 1.35rem; }
  .run > summary, .body { padding-left: .6rem; padding-right: .6rem; }
  .line { margin: .3rem .5rem .6rem .6rem; }
  .line > li { padding-left: .9rem; }
  .file, .why { padding-left: 0; }
  .run > summary .file { flex: 1 1 60%; order: 1; }
  .run > summary .time { order: 2; }
  .run > summary .why { order: 3; }
  pre { padding: .5rem .55rem; font-size: 11.5px; }
}
@media print { nav { display: none; } pre { max-height: none; white-space: pre-wrap; } }
)css";
}

}  // namespace understudy::report

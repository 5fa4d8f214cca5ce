// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/report_parts.h"

namespace netloom {

const char *reportStyle()
{
    return R"css(
:root { color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #1b2230; --soft: #5d6778; --line: #e2e6ec; --grid: #edf0f4;
  --accent: 37, 99, 235; --train: #2563eb; --val: #d9730d; --bad: 214, 69, 65; --chip: #e8eefc; --chip-ink: #1d4fc4; }
@media (prefers-color-scheme: dark) { :root {
  --page: #12161d; --card: #1a2029; --ink: #e6eaf1; --soft: #98a3b5; --line: #2a3240; --grid: #242c38;
  --accent: 96, 150, 255; --train: #6ea0ff; --val: #f2a154; --bad: 240, 105, 98; --chip: #22304d; --chip-ink: #9dbdff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 48px 24px 64px; }
header h1 { font-size: 30px; line-height: 1.2; letter-spacing: -.01em; margin: 0 0 6px; }
header p { margin: 0; color: var(--soft); }
.chip { display: inline-block; padding: 2px 10px; border-radius: 999px; background: var(--chip); color: var(--chip-ink);
  font-size: 13px; font-weight: 600; vertical-align: middle; margin-left: 10px; letter-spacing: 0; }
.chip.stopped, .chip.failed, .chip.running { background: rgba(var(--bad), .14); color: rgb(var(--bad)); }
.notice { margin-top: 20px; padding: 12px 16px; border-left: 3px solid rgb(var(--bad)); background: rgba(var(--bad), .08); border-radius: 6px; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(112px, 1fr)); gap: 12px; margin: 28px 0 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 14px; }
.card b { display: block; font-size: 20px; line-height: 1.25; font-weight: 650; font-variant-numeric: tabular-nums; white-space: nowrap; }
.card span { color: var(--soft); font-size: 13px; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 22px 24px; margin-top: 20px; }
h2 { font-size: 17px; margin: 0 0 14px; }
h3 { font-size: 14px; margin: 18px 0 6px; color: var(--soft); font-weight: 600; }
.note { color: var(--soft); font-size: 13px; margin: 0 0 12px; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(340px, 1fr)); gap: 24px; }
figure { margin: 0; } figcaption { font-size: 13px; font-weight: 600; color: var(--soft); margin-bottom: 4px; }
svg { width: 100%; height: auto; display: block; overflow: visible; }
svg text { fill: var(--soft); font-size: 11px; font-family: inherit; font-variant-numeric: tabular-nums; }
svg .grid { stroke: var(--grid); } svg .axis { stroke: var(--line); }
svg .best { stroke: var(--soft); stroke-dasharray: 3 3; }
svg .curve { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
svg .train { stroke: var(--train); } svg .val { stroke: var(--val); }
svg .ideal { stroke: var(--soft); stroke-dasharray: 5 4; }
svg .faint { stroke: rgba(var(--accent), .45); stroke-width: 1.5; } svg .share { fill: rgba(var(--accent), .5); }
svg circle.dot { fill: rgba(var(--accent), .55); }
svg circle.train { fill: var(--train); } svg circle.val { fill: var(--val); }
.scroll { overflow: auto; max-height: 640px; } .sideways { overflow-x: auto; }
.beside { display: flex; flex-wrap: wrap; gap: 12px 48px; align-items: flex-start; } .beside > * { min-width: 0; }
table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
table.wide { width: 100%; }
th { text-align: left; color: var(--soft); font-weight: 600; font-size: 13px; }
th, td { padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
td.n, th.n { text-align: right; padding-right: 0; padding-left: 12px; white-space: nowrap; }
tfoot td { font-weight: 650; border-top: 1px solid var(--line); }
td.missing { color: var(--soft); }
code, .path { font-family: ui-monospace, "Cascadia Code", "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 12.5px; overflow-wrap: anywhere; }
.confusion { border-collapse: separate; border-spacing: 2px; font-size: 12.5px; }
.confusion th, .confusion td { border: 0; padding: 0; }
.confusion td { min-width: 40px; height: 32px; padding: 0 4px; text-align: center; vertical-align: middle; border-radius: 5px; background: var(--grid); }
.confusion td.y { background: rgba(var(--accent), var(--s)); } .confusion td.x { background: rgba(var(--bad), var(--s)); }
.confusion td.d { color: #fff; }
.confusion thead th { position: sticky; top: 0; background: var(--card); z-index: 1; vertical-align: bottom; font-weight: 500; }
.confusion thead th span { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 130px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; padding-top: 4px; }
.confusion tbody th { position: sticky; left: 0; background: var(--card); z-index: 1; padding-right: 8px; text-align: right; vertical-align: middle; white-space: nowrap; max-width: 190px; overflow: hidden; text-overflow: ellipsis; font-weight: 500; }
.confusion thead th:first-child { left: 0; z-index: 2; text-align: right; padding-right: 8px; }
.confusion.dense { border-spacing: 1px; font-size: 9.5px; }
.confusion.dense td { min-width: 17px; height: 17px; padding: 0 1px; border-radius: 2px; }
.confusion.dense tbody th, .confusion.dense thead th { font-size: 10px; }
.filters { image-rendering: pixelated; image-rendering: crisp-edges; image-rendering: pixelated; max-width: 100%; height: auto; display: block; border-radius: 4px; }
.bar { display: inline-block; width: 90px; height: 6px; border-radius: 3px; background: var(--grid); margin-left: 10px; vertical-align: middle; overflow: hidden; }
.bar i { display: block; height: 100%; background: rgb(var(--accent)); border-radius: 3px; }
.mistakes { display: grid; grid-template-columns: repeat(auto-fill, minmax(132px, 1fr)); gap: 16px; }
.mistake img { display: block; height: 96px; max-width: 100%; object-fit: contain; image-rendering: pixelated; border-radius: 4px; margin-bottom: 6px; }
.mistake b, .mistake span, .mistake small { display: block; font-size: 13px; overflow-wrap: anywhere; } .mistake span, .mistake small { color: var(--soft); }
ul.files { margin: 0; padding-left: 18px; max-height: 320px; overflow: auto; font-size: 13.5px; overflow-wrap: anywhere; }
footer { margin-top: 28px; color: var(--soft); font-size: 13px; }
@media print { body { background: none; } section, .card { break-inside: avoid; } .scroll { max-height: none; overflow: visible; } }
)css";
}

} // namespace netloom

/// How the pages look.
enum HTMLStyle {
  /// The style sheet.
  static let text = #"""
    :root{--ground:#fff;--raised:#f6f7f9;--ink:#1b1f24;--faint:#57606a;--line:#d6dae0;--good:#1a7f37;--bad:#c4161c;--doubt:#8a5a00;--sent:#0b5cad;--focus:#0b5cad}
    @media (prefers-color-scheme:dark){:root{--ground:#14171b;--raised:#1d2127;--ink:#e6e9ed;--faint:#9aa4af;--line:#343b44;--good:#4cc36a;--bad:#ff7b72;--doubt:#e3a83b;--sent:#79b8ff;--focus:#79b8ff}}
    *{box-sizing:border-box}
    body{margin:0 auto;padding:1rem;max-width:75rem;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
    h1{font-size:1.6rem;line-height:1.2;margin:.2rem 0}
    h2{font-size:1.2rem;margin:1.8rem 0 .4rem;border-bottom:1px solid var(--line);padding-bottom:.2rem}
    h3{font-size:1rem;margin:1rem 0 .2rem}
    code,pre,.transcript{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.86em}
    a{color:var(--sent)}
    :focus-visible{outline:3px solid var(--focus);outline-offset:1px}
    .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    .skip{position:absolute;left:-99rem}
    .skip:focus{position:static}
    .faint,.counts{color:var(--faint);font-weight:normal;font-size:.9em}
    .good{color:var(--good)}.bad{color:var(--bad)}.doubt{color:var(--doubt)}
    dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .9rem;margin:.6rem 0}
    dt{color:var(--faint)}dd{margin:0;min-width:0}
    .failed{margin:.6rem 0;padding-left:1.2rem}
    .faults{margin:.8rem 0;padding:.6rem .9rem;border-left:4px solid var(--bad);background:var(--raised);list-style:none}
    .tools{position:sticky;top:0;z-index:1;display:flex;flex-wrap:wrap;gap:.4rem .9rem;align-items:center;padding:.6rem 0;background:var(--ground);border-bottom:1px solid var(--line)}
    .tools fieldset{display:flex;flex-wrap:wrap;gap:.2rem .8rem;border:0;margin:0;padding:0}
    .tools label{display:inline-flex;gap:.3rem;align-items:center;min-height:2rem}
    input,select,button{font:inherit;color:inherit;background:var(--raised);border:1px solid var(--line);border-radius:.3rem;padding:.2rem .5rem}
    input[type=checkbox]{width:1.1rem;height:1.1rem;accent-color:var(--focus)}
    input[type=search]{width:16rem;max-width:100%}
    .case{border:1px solid var(--line);border-radius:.3rem;margin:.25rem 0;background:var(--raised);content-visibility:auto;contain-intrinsic-size:auto 2.4rem}
    .case summary{display:grid;grid-template-columns:1.2rem 4.4rem minmax(0,1fr);gap:.1rem .5rem;padding:.35rem .6rem;cursor:pointer;list-style:none}
    .case summary::-webkit-details-marker{display:none}
    .case summary>.rest{grid-column:3}
    .case[open] summary{border-bottom:1px solid var(--line)}
    .case{scroll-margin-top:6rem}
    .case .body{padding:.4rem .9rem .8rem}
    .mark{font-weight:bold;text-align:center}
    .satisfied .mark{color:var(--good)}.fails .mark,.fails .reason{color:var(--bad)}
    .violated:not(.fails) .mark,.latitude .mark,.inconclusive .mark{color:var(--doubt)}
    .waived .mark,.not-applicable .mark,.reason,.level{color:var(--faint)}
    .reason{display:block;font-size:.9em}
    .requirements{margin:.3rem 0;padding-left:1.1rem}
    .time{display:flex;gap:.6rem;align-items:center;margin:.5rem 0 .2rem;color:var(--faint);font-size:.8em}
    .time svg{flex:1;height:22px;min-width:0;background:linear-gradient(var(--line),var(--line)) center/100% 1px no-repeat}
    .time path{fill:none;stroke-width:2;vector-effect:non-scaling-stroke}
    path.sent{stroke:var(--sent)}path.received{stroke:var(--ink)}path.event{stroke:var(--doubt)}
    .transcript{list-style:none;margin:0;padding:.5rem;background:var(--ground);border:1px solid var(--line);border-radius:.3rem;max-height:32rem;overflow:auto}
    .transcript li{display:grid;grid-template-columns:6.5rem 1rem minmax(0,1fr);gap:.4rem}
    .transcript .at{color:var(--faint);text-align:right;white-space:nowrap}
    .transcript .sent{color:var(--sent)}.transcript .event{color:var(--faint)}
    i{font-style:normal;opacity:.62}
    .transcript .on{color:var(--faint)}
    .again{display:block;padding:.4rem .6rem;background:var(--ground);border:1px solid var(--line);border-radius:.3rem}
    .frame{overflow-x:auto;content-visibility:auto;contain-intrinsic-size:auto 12rem}
    .matrix{border-collapse:collapse;width:100%;table-layout:fixed}
    .matrix th,.matrix td{border:1px solid var(--line);padding:.15rem .4rem;text-align:left;vertical-align:top;font-weight:normal}
    .matrix thead th{background:var(--raised);font-weight:bold;font-size:.86em}
    .matrix th:not(:first-child){width:7rem;text-align:center}
    .matrix td{text-align:center;overflow-wrap:normal}
    .matrix th b{font-weight:bold}
    .matrix td button{width:100%;border:0;background:none;padding:.1rem;cursor:pointer;text-decoration:underline dotted}
    .matrix .satisfied,.matrix .good{color:var(--good)}.matrix .fails{color:var(--bad);font-weight:bold}
    .matrix .violated:not(.fails),.matrix .latitude,.matrix .inconclusive{color:var(--doubt)}
    .matrix .waived,.matrix .not-applicable,.matrix .missing{color:var(--faint)}
    dialog{max-width:min(50rem,94vw);color:inherit;background:var(--ground);border:1px solid var(--line);border-radius:.4rem}
    dialog::backdrop{background:#0008}
    [hidden]{display:none!important}
    @media (max-width:40rem){
    body{padding:.6rem}
    dl{grid-template-columns:1fr}dd{margin-bottom:.3rem}
    .tools{position:static}.case{scroll-margin-top:.5rem}
    .case summary{grid-template-columns:1.2rem minmax(0,1fr)}
    .case summary>.rest{grid-column:1/-1}
    .transcript li{grid-template-columns:auto minmax(0,1fr);row-gap:0}
    .transcript .at{grid-column:1/-1;text-align:left}
    .matrix{width:max-content;min-width:100%}.matrix th:not(:first-child){width:4.4rem;overflow-wrap:anywhere}.matrix th:first-child{width:11rem}.long{display:none}
    }
    @media print{.tools{display:none}.transcript{max-height:none}}
    """#
}

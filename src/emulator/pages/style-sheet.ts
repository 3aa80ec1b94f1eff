/** The style of all pages: quiet, one column, yellow for the one thing to do. */
export const PAGE_CSS = `@font-face{font-family:Pretendard;font-weight:400;font-display:block;src:url(/_emulator/fonts/regular.woff2) format("woff2")}
@font-face{font-family:Pretendard;font-weight:600;font-display:block;src:url(/_emulator/fonts/semibold.woff2) format("woff2")}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:#191919;font:400 16px/1.5 Pretendard,system-ui,"Apple SD Gothic Neo","Malgun Gothic","Noto Sans KR","Noto Sans CJK KR",sans-serif;word-break:keep-all;overflow-wrap:anywhere}
.notice{padding:10px 16px;background:#191919;color:#fff;font-size:13px;text-align:center}
main{max-width:440px;margin:0 auto;padding:48px 20px 64px}
main.wide{max-width:760px}
h1{margin:0 0 8px;font-size:26px;font-weight:600;line-height:1.3}
h2{margin:0 0 8px;font-size:15px;font-weight:600}
strong{font-weight:600}
em{font-style:normal;color:#666}
small{color:#666;font-size:13px}
a{color:#191919;text-underline-offset:3px}
.lead{margin:0 0 28px;color:#555}
.people{list-style:none;margin:0 0 16px;padding:0;border:1px solid #e5e5e5;border-radius:12px;overflow:hidden}
.people li+li{border-top:1px solid #e5e5e5}
.person{display:flex;align-items:center;gap:14px;width:100%;padding:14px 16px;border:0;background:#fff;color:inherit;font:inherit;text-align:left;cursor:pointer}
.person:hover{background:#fffbe0}
.person img{flex:none;border-radius:16px}
.who{display:flex;flex-direction:column;min-width:0;overflow-wrap:anywhere}
.badge{flex:none;margin-left:auto;padding:2px 8px;border-radius:999px;background:#fee500;font-size:12px}
.account{margin:0 0 20px;padding:14px 16px;border-radius:12px;background:#f7f7f7;overflow-wrap:anywhere}
.items{margin:0 0 28px;padding:8px 0 0;border:0;border-top:1px solid #e5e5e5}
.items legend{padding:0 8px 0 0;font-size:14px;color:#666}
.part{margin:0 0 36px}
.part+.part{padding-top:24px;border-top:1px solid #e5e5e5}
form+.part{margin-top:36px}
h1+.table,h1+.answer{margin-top:20px}
.choice+.primary{margin-top:12px}
.table{overflow-x:auto}
.table td,.table th{overflow-wrap:normal}
.table small{overflow-wrap:anywhere}
.card{margin:0 0 20px;padding:16px;border:1px solid #e5e5e5;border-radius:12px}
.card p{margin:0 0 6px}
.rows{list-style:none;margin:0 0 16px;padding:0}
.rows li{display:flex;align-items:center;justify-content:space-between;gap:12px;padding:8px 0;border-bottom:1px solid #f0f0f0}
details{margin:0 0 12px}
summary{padding:8px 0;font-weight:600;cursor:pointer}
textarea{display:block;width:100%;margin:0 0 16px;padding:12px;border:1px solid #999;border-radius:8px;font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,Pretendard,monospace}
.choice{display:flex;align-items:center;gap:10px;padding:10px 0;cursor:pointer}
.choice input{flex:none;width:20px;height:20px;margin:0;accent-color:#191919}
.field{display:block;margin:0 0 20px;font-size:14px;color:#555}
.field input,.field select{display:block;width:100%;margin-top:6px;padding:12px 0;border:0;border-bottom:1px solid #999;border-radius:0;background:none;color:#191919;font:inherit;font-size:16px}
.actions{display:grid;gap:10px}
.primary,.quiet{width:100%;min-height:52px;border:0;border-radius:8px;font:inherit;font-weight:600;cursor:pointer}
.primary{background:#fee500;color:#191919}
.primary:hover{background:#f5dc00}
.quiet{background:#f2f2f2;color:#191919;font-weight:400}
.small{flex:none;padding:6px 12px;border:0;border-radius:6px;background:#f2f2f2;color:#191919;font:inherit;font-size:14px;cursor:pointer}
.link{padding:0;border:0;background:none;color:#191919;font:inherit;text-decoration:underline;text-underline-offset:3px;cursor:pointer}
.aside{margin:28px 0 0;font-size:14px;text-align:center}
.problem{padding:16px;border-radius:12px;background:#f7f7f7}
ul.problem{margin:20px 0 0;padding-left:32px}
.answer{padding:16px;border-radius:12px;background:#f7f7f7;white-space:pre-wrap;overflow-wrap:anywhere}
.problem p{margin:0 0 8px}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,Pretendard,monospace;font-size:14px}
table{width:100%;margin:0 0 28px;border-collapse:collapse;font-size:13px}
th,td{padding:8px 6px 8px 0;border-bottom:1px solid #e5e5e5;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{font-weight:600}
:focus-visible{outline:3px solid #191919;outline-offset:2px}
`

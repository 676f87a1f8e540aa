import type { Person } from "./sessions.ts";

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign]!);

export const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d3d7df, #3d434f); --soft: light-dark(#555d6b, #a5adba); --strong: light-dark(#2a50d8, #9db4ff) }
* { box-sizing: border-box }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; background: light-dark(#f6f7f9, #14161b); color: light-dark(#191c22, #e9ebf0) }
main { width: min(34rem, 100% - 2rem); margin: 10vh auto; padding: 2rem; border: 1px solid var(--line); border-radius: 1rem; background: light-dark(#fff, #1d2027) }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25 }
.product { margin: 0; color: var(--strong); font-weight: 700 } .hint { margin: 0; color: var(--soft); font-size: .875rem }
form { display: grid; gap: .5rem; margin-top: 1.5rem }
input, button { font: inherit; padding: .6rem .8rem; border-radius: .5rem; border: 1px solid light-dark(#858d9b, #767e8d); background: none; color: inherit }
button { margin-top: .5rem; border: 0; font-weight: 600; cursor: pointer; background: var(--strong); color: light-dark(#fff, #14161b) }
:focus-visible { outline: 3px solid var(--strong); outline-offset: 2px }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1.5rem; margin: 0 }
dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere }
[role=status], [role=alert] { margin: 0 0 1rem; padding: .6rem .9rem; border-radius: .5rem; border: 1px solid var(--line) }
`;

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)} - Krisp</title><link rel="stylesheet" href="/style.css"></head>
<body><main><p class="product">Krisp</p><h1>${escape(title)}</h1>${body}</main></body>
</html>`;
}

export function signedOutPage(notice?: string): string {
  return page(
    "Welcome to Krisp",
    `${notice ? `<p role="status">${escape(notice)}</p>` : ""}
<p>You are not signed in.</p>
<form action="/sign-in"><label for="team">Team or work e-mail (optional)</label>
<input id="team" name="team" autocomplete="username" autocapitalize="none" spellcheck="false" aria-describedby="hint">
<p class="hint" id="hint">Such as contoso-7k2m9q or b.simon@contoso.com</p>
<button>Sign in with single sign-on</button></form>`,
  );
}

export function signedInPage({ name, email, groups, team, sub, sid }: Person): string {
  const facts = { Name: name, "E-mail": email, Groups: groups.join(", "), Team: team, "Subject (sub)": sub, "Session (sid)": sid };
  const rows = Object.entries(facts).map(([label, value]) => `<dt>${label}</dt><dd>${escape(value || "none")}</dd>`);
  return page(
    `Hello, ${name ?? email ?? sub}`,
    `<dl>${rows.join("")}</dl><form method="post" action="/sign-out"><button>Sign out everywhere</button></form>`,
  );
}

export function failurePage(text: string): string {
  return page("That did not work", `<p role="alert">${escape(text)}</p><p><a href="/">Back to the start</a></p>`);
}

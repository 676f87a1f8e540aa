// A third-party SMTP server (npm's smtp-server) as a process of its own: wants STARTTLS and
// a user. Prints one JSON object a line: first on which port it listens, one that was free,
// then each mail it accepts.
//   node smtp-server.mjs CERTIFICATE KEY USER PASSWORD [--no-tls]
import { readFileSync } from "node:fs";

import { SMTPServer } from "smtp-server";

const [certificate, key, user, password, ...flags] = process.argv.slice(2);
const withoutTls = flags.includes("--no-tls");
const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

const server = new SMTPServer({
  cert: readFileSync(certificate),
  key: readFileSync(key),
  hideSTARTTLS: withoutTls,
  authOptional: withoutTls,
  onAuth(credentials, session, done) {
    const known = credentials.username === user && credentials.password === password;
    done(known ? null : new Error("unknown user or wrong password"), { user: credentials.username });
  },
  onData(stream, session, done) {
    const chunks = [];
    stream.on("data", (chunk) => chunks.push(chunk));
    stream.on("end", () => {
      tell({
        secure: session.secure,
        user: session.user ?? null,
        from: session.envelope.mailFrom.address,
        to: session.envelope.rcptTo.map((recipient) => recipient.address),
        message: Buffer.concat(chunks).toString("utf8"),
      });
      done();
    });
  },
});
server.on("error", () => {});
const listening = server.listen(0, "localhost", () => tell({ port: listening.address().port }));

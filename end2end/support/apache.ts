import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Portal } from "./portal";
import { answers, freePort } from "./ports";

const MODULES = ["mpm_event", "authn_core", "authz_core", "authz_user", "mime", "dir", "include", "auth_openidc"];

/** Debian's Apache with mod_auth_openidc, which lets nobody see `/protected/` who is not signed in. */
export class Apache {
  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  static async start(portal: Portal, organization: string): Promise<Apache> {
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const callback = `${url}/protected/callback`;
    const { clientId, secret, issuer } = portal.createApplication("Apache", {
      "redirect-uri": callback,
      "post-logout-redirect-uri": `${url}/`,
      "backchannel-logout-uri": `${callback}?logout=backchannel`,
    });
    const folder = mkdtempSync(join(tmpdir(), "apache-"));
    const pages = join(folder, "pages");
    mkdirSync(join(pages, "protected"), { recursive: true });
    writeFileSync(join(pages, "index.html"), "<h1>For everybody</h1>");
    const shown = '<h1>Protected</h1><p><!--#echo var="REMOTE_USER" --></p><p><!--#echo var="OIDC_CLAIM_org_slug" --></p>';
    writeFileSync(join(pages, "protected", "index.shtml"), shown);
    const config = `
ServerRoot ${folder}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${folder}/apache.pid
DefaultRuntimeDir ${folder}
Mutex file:${folder} default
ErrorLog ${folder}/error.log
LogLevel warn auth_openidc:info
${MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join("\n")}
${process.getuid?.() === 0 ? "User www-data\nGroup www-data" : ""}
TypesConfig /dev/null
DocumentRoot ${pages}
DirectoryIndex index.html index.shtml
AddType text/html .html .shtml
AddOutputFilter INCLUDES .shtml

OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${clientId}
OIDCClientSecret ${secret}
OIDCRedirectURI ${callback}
OIDCCryptoPassphrase of-this-test
OIDCScope "openid profile email groups organization"
OIDCPKCEMethod S256
OIDCAuthRequestParams organization=${organization}
OIDCRemoteUserClaim email
OIDCPassClaimsAs environment

<Directory ${pages}>
  Options +Includes
  Require all granted
</Directory>
<Location /protected>
  AuthType openid-connect
  Require valid-user
</Location>
`;
    writeFileSync(join(folder, "apache.conf"), config);
    // as root it gives its rights up, and has to read its pages still
    chmodSync(folder, 0o755);
    const child = spawn("/usr/sbin/apache2", ["-f", join(folder, "apache.conf"), "-D", "FOREGROUND"], { stdio: "inherit" });
    const apache = new Apache(url, child, folder);
    await answers(url).catch((error) => {
      throw new Error(`${error}\n${apache.log()}`);
    });
    return apache;
  }

  log(): string {
    return readFileSync(join(this.folder, "error.log"), "utf8");
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGTERM");
    await ended;
    rmSync(this.folder, { recursive: true });
  }
}

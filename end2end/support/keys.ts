import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A key made for one test, and its certificate, as files in `folder`. */
export class KeyFiles {
  readonly key: string;
  readonly certificate: string;
  /** The certificate as an admin would have it on disk: DER, like Entra's Certificate (Raw). */
  readonly certificateDer: string;

  constructor(folder: string, name: string) {
    [this.key, this.certificate, this.certificateDer] = [join(folder, "key.pem"), join(folder, "cert.pem"), join(folder, "idp.cer")];
    const quiet = { stdio: "ignore" } as const;
    const make = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", `/CN=${name}`];
    execFileSync("openssl", [...make, "-keyout", this.key, "-out", this.certificate], quiet);
    execFileSync("openssl", ["x509", "-in", this.certificate, "-outform", "DER", "-out", this.certificateDer], quiet);
  }

  get keyPem(): string {
    return readFileSync(this.key, "utf8");
  }

  get certificatePem(): string {
    return readFileSync(this.certificate, "utf8");
  }
}

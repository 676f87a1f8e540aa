import { type Server, createServer } from "node:http";
import { text } from "node:stream/consumers";

import { type Page, expect } from "@playwright/test";

import { freePort } from "./ports";

/** Where an application without pages has browsers sent back to: it keeps the answers. */
export class RedirectTarget {
  private answers: URLSearchParams[] = [];

  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async start(): Promise<RedirectTarget> {
    const port = await freePort();
    const server = createServer();
    const target = new RedirectTarget(`http://localhost:${port}/callback`, server);
    server.on("request", async (request, response) => {
      const url = new URL(request.url ?? "/", target.url);
      const answer = request.method === "POST" ? new URLSearchParams(await text(request)) : url.searchParams;
      if (url.pathname === "/callback") target.answers.push(answer);
      response.end("Back at the application");
    });
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    return target;
  }

  /** The one answer that a page brings, which is there or on its way. */
  async answer(page: Page): Promise<URLSearchParams> {
    await expect(page).toHaveURL((url) => url.href.startsWith(this.url));
    const [answer, ...more] = this.answers.splice(0);
    if (!answer || more.length > 0) throw new Error(`${more.length + 1} answers came back`);
    return answer;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

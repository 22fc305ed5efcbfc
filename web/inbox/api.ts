import { Refused, refusal, unreachable } from "../protocol/problem";

const ROOT = "/api/v1";
const PATIENCE = 20_000;

export interface Question {
  method?: "DELETE" | "GET" | "PATCH" | "POST";
  body?: unknown;
  csrf?: string;
  signal?: AbortSignal;
}

/** Asks the team's API; whatever is not a good answer is thrown as `Refused`. */
export async function ask<Answer>(path: string, question: Question = {}): Promise<Answer> {
  const response = await reach(path, question);
  if (!response.ok) throw await refusal(response);
  return response.status === 204 ? (undefined as Answer) : read(response);
}

/** An answer that breaks off, or is none of ours, is no answer. */
const read = <Answer>(response: Response): Promise<Answer> =>
  response.json().catch(() => {
    throw unreachable();
  });

async function reach(path: string, question: Question): Promise<Response> {
  const { method = "GET", body, csrf, signal = AbortSignal.timeout(PATIENCE) } = question;
  const headers = new Headers({ Accept: "application/json" });
  if (csrf !== undefined) headers.set("X-Privity-CSRF", csrf);
  if (body !== undefined) headers.set("Content-Type", "application/json");
  const init: RequestInit = { method, headers, signal, cache: "no-store", credentials: "same-origin" };
  if (body !== undefined) init.body = JSON.stringify(body);
  try {
    return await fetch(ROOT + path, init);
  } catch {
    throw unreachable();
  }
}

/** The API as one signed-in teammate asks it. After `close` nothing more is asked, and nothing under way is heard. */
export class Api {
  readonly #closing = new AbortController();

  constructor(
    private readonly csrf: string,
    private readonly onSignedOut: () => void,
  ) {}

  get<Answer>(path: string, query: Record<string, string | number | null> = {}): Promise<Answer> {
    return this.#ask(path + searchOf(query), {});
  }

  post<Answer>(path: string, body?: unknown): Promise<Answer> {
    return this.#ask(path, { method: "POST", body, csrf: this.csrf });
  }

  patch<Answer>(path: string, body: unknown): Promise<Answer> {
    return this.#ask(path, { method: "PATCH", body, csrf: this.csrf });
  }

  delete<Answer>(path: string): Promise<Answer> {
    return this.#ask(path, { method: "DELETE", csrf: this.csrf });
  }

  close(): void {
    this.#closing.abort();
  }

  async #ask<Answer>(path: string, question: Question): Promise<Answer> {
    try {
      const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(PATIENCE)]);
      return await ask<Answer>(path, { ...question, signal });
    } catch (trouble) {
      const isOver = trouble instanceof Refused && trouble.status === 401;
      if (isOver && !this.#closing.signal.aborted) this.onSignedOut();
      throw trouble;
    }
  }
}

function searchOf(query: Record<string, string | number | null>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null) search.set(name, String(value));
  return search.size === 0 ? "" : `?${search}`;
}

import { createHash } from 'node:crypto'

/** The number of forms and cards that are remembered. */
const REMEMBERED = 500

/**
 * If somebody submits a form or card twice, for example because an acknowledgement was lost, both submissions get the
 * same delivery id. So the engine runs the command once. After a refusal the same content gets a new id. Otherwise the
 * engine would repeat the stored refusal, although its reason may be gone.
 */
export class SubmissionIds {
  readonly #refusals = new Map<string, number>()

  /** The delivery id of `content` sent from `origin`. */
  deliveryId(origin: string, content: unknown): string {
    const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32)
    return `${origin}:${digest}:${this.#refusals.get(origin) ?? 0}`
  }

  /** The next submission from `origin` is a new command, even with the same content. */
  expire(origin: string): void {
    this.#refusals.set(origin, (this.#refusals.get(origin) ?? 0) + 1)
    for (const oldest of this.#refusals.keys()) {
      if (this.#refusals.size <= REMEMBERED) return
      this.#refusals.delete(oldest)
    }
  }
}

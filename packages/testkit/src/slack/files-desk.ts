import type { StoredFile } from './state.ts'
import type { Workspace } from './workspace.ts'

/** Hands out upload URLs and takes the bytes. */
export class FilesDesk {
  readonly #workspace: Workspace
  readonly #base: () => string
  readonly #tickets = new Map<string, StoredFile>()

  constructor(workspace: Workspace, base: () => string) {
    this.#workspace = workspace
    this.#base = base
  }

  /** A file to come, and the URL that takes its bytes once. */
  issue(name: string, length: number): { readonly file: StoredFile; readonly url: string } {
    const id = this.#workspace.nextId('F')
    const file: StoredFile = { id, name, length, title: name, content: undefined, completed: false, channels: [] }
    this.#workspace.files.set(id, file)
    const ticket = this.#workspace.nextId('upload')
    this.#tickets.set(ticket, file)
    return { file, url: `${this.#base()}/upload/v1/${ticket}` }
  }

  /** Takes the bytes; false when the URL is unknown, used, or the length is not the one announced. */
  take(ticket: string, bytes: Buffer): boolean {
    const file = this.#tickets.get(ticket)
    if (!file || file.content !== undefined || bytes.length !== file.length) return false
    file.content = bytes
    this.#workspace.remember(bytes.toString('utf8'))
    this.#workspace.changes.announce()
    return true
  }
}

import type { JsonObject } from '@embargo/emulator-kit'
import type { StoredFile } from './state.ts'
import type { Workspace } from './workspace.ts'

/** A file that somebody adds to a modal. */
export type Upload = { readonly name: string; readonly type: string; readonly bytes: Uint8Array }

/** Gives out upload URLs and accepts the bytes. */
export class FilesDesk {
  readonly #workspace: Workspace
  readonly #base: () => string
  readonly #tickets = new Map<string, StoredFile>()

  constructor(workspace: Workspace, base: () => string) {
    this.#workspace = workspace
    this.#base = base
  }

  /** A file that is to be uploaded, and the URL that accepts its bytes once. */
  issue(name: string, length: number): { readonly file: StoredFile; readonly url: string } {
    const id = this.#workspace.nextId('F')
    const file: StoredFile = {
      id,
      name,
      length,
      type: 'application/octet-stream',
      user: this.#workspace.app.userId,
      title: name,
      content: undefined,
      completed: false,
      channels: [],
    }
    this.#workspace.files.set(id, file)
    const ticket = this.#workspace.nextId('upload')
    this.#tickets.set(ticket, file)
    return { file, url: `${this.#base()}/upload/v1/${ticket}` }
  }

  /**
   * Stores a file that a person added. Returns the file object of a submission, with the address to download the file.
   */
  add(user: string, { name, type, bytes }: Upload): JsonObject {
    const id = this.#workspace.nextId('F')
    const content = Buffer.from(bytes)
    const file: StoredFile = {
      id,
      name,
      length: content.length,
      type,
      user,
      title: name,
      content,
      completed: true,
      channels: [],
    }
    this.#workspace.files.set(id, file)
    const at = `${this.#base()}/files-pri/${this.#workspace.team.id}-${id}`
    // https://docs.slack.dev/reference/objects/file-object
    return {
      id,
      name,
      title: name,
      mimetype: type,
      size: content.length,
      user,
      url_private: `${at}/${encodeURIComponent(name)}`,
      url_private_download: `${at}/download/${encodeURIComponent(name)}`,
    }
  }

  /** The file at an address that `add` returned; undefined if there is no such file. */
  read(path: string): StoredFile | undefined {
    const id = /^\/files-pri\/[^/]+-(F[^/-]+)\//.exec(path)?.[1]
    return id === undefined ? undefined : this.#workspace.files.get(id)
  }

  /**
   * Accepts the bytes of an upload. False if the URL is unknown or used, or the length differs from the announced one.
   */
  take(ticket: string, bytes: Buffer): boolean {
    const file = this.#tickets.get(ticket)
    if (!file || file.content !== undefined || bytes.length !== file.length) return false
    file.content = bytes
    this.#workspace.remember(bytes.toString('utf8'))
    this.#workspace.changes.announce()
    return true
  }
}

/** `none`: there is no key, or no directory. `unreachable`: asked another time it may answer. */
export type DirectoryAnswer =
  | { readonly is: 'found'; readonly bytes: Uint8Array }
  | { readonly is: 'none' }
  | { readonly is: 'unreachable' }

/**
 * The Web Key Directory of each mail domain. It never throws, and takes a bounded time. What it finds is as hostile as any
 * mail: the domain of a stranger's address answers.
 */
export type KeyDirectory = { find(address: string, signal: AbortSignal): Promise<DirectoryAnswer> }

/** `none`: there is no key, or no directory. `unreachable`: the directory did not answer, but may answer later. */
export type DirectoryAnswer =
  | { readonly is: 'found'; readonly bytes: Uint8Array }
  | { readonly is: 'none' }
  | { readonly is: 'unreachable' }

/**
 * The Web Key Directory of each mail domain. The call never throws, and takes a bounded time. The bytes that it returns
 * are as hostile as any mail, because they come from the domain of a stranger's address.
 */
export type KeyDirectory = { find(address: string, signal: AbortSignal): Promise<DirectoryAnswer> }

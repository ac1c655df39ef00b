/** `none`: there is no key, or no directory. `unreachable`: the directory did not answer, but may answer later. */
export type DirectoryAnswer =
  | { readonly is: 'found'; readonly bytes: Uint8Array }
  | { readonly is: 'none' }
  | { readonly is: 'unreachable' }

/**
 * The Web Key Directory of each mail domain. The call never throws, and its time is limited. The returned bytes are as
 * hostile as any mail, because they come from a stranger's domain.
 */
export type KeyDirectory = { find(address: string, signal: AbortSignal): Promise<DirectoryAnswer> }

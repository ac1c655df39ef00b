/** A patch is text that people read and that is mailed inline. A larger file cannot be a patch for one vulnerability. */
export const PATCH_BYTES_MAX = 1_000_000

/** What `git format-patch`, `git diff` and `diff -u` write. */
const LOOKS_LIKE_A_PATCH = /^(?:diff |--- |@@ |Index: |From [0-9a-f]{40} )/m

export const isPatch = (text: string): boolean => LOOKS_LIKE_A_PATCH.test(text)

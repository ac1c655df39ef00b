/** Core's verbs are one word; people type `patch submit`. */
export function chatVerbOf(verb: string): { readonly verb: string; readonly input: Readonly<Record<string, string>> } {
  if (verb.startsWith('cve-')) return { verb: 'cve', input: { what: verb.slice('cve-'.length) } }
  return verb === 'patch-submit' ? { verb: 'patch', input: { action: 'submit' } } : { verb, input: {} }
}

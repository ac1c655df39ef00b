import type { Texts } from '@embargo/engine'

/** The texts of the engine, always the same. */
export const TEXTS: Texts = {
  cannedAnswer: async () => 'Hello,\n\nwe pay for no report.',
  forwardText: async () => 'Hello,\n\nthis is for you.',
  weakness: (cwe) =>
    cwe === 'CWE-22' ? { name: 'Path Traversal', owasp: 'A01:2025 Broken Access Control' } : undefined,
  weaknesses: () => [
    { cwe: 'CWE-22', name: 'Path Traversal' },
    { cwe: 'CWE-79', name: 'Cross-site Scripting' },
  ],
  ratingOf: (vector) => (vector.endsWith('/A:N') ? { severity: 'high', score: 7.5 } : undefined),
  draft: async () => undefined,
}

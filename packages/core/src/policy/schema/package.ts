import { z } from 'zod'
import { ecosystemOf, likelyEcosystem } from '../ecosystems.ts'
import { purlMistake } from '../purl.ts'

/** A package in which a project is published. */
export const Package = z
  .strictObject({
    ecosystem: z
      .string()
      .max(100)
      .refine((name) => ecosystemOf(name) !== undefined, { error: ({ input }) => unknownEcosystem(input) })
      .describe('Where the package is published, in the words of OSV: `npm`, `PyPI`, `crates.io`, `Go`, `Debian:12`.'),
    name: z.string().min(1).max(200).describe('The name of the package there.'),
    purl: z
      .string()
      .max(300)
      .optional()
      .describe(
        'Its package URL without a version, such as `pkg:npm/quillmark`, if the URL cannot be made from the name.',
      ),
  })
  .superRefine(({ ecosystem, name, purl }, check) => {
    const mistake = purl === undefined ? undefined : purlMistake(purl, { ecosystem, name })
    if (mistake !== undefined) check.addIssue({ code: 'custom', path: ['purl'], message: mistake })
  })
export type Package = z.infer<typeof Package>

function unknownEcosystem(written: unknown): string {
  const likely = typeof written === 'string' ? likelyEcosystem(written) : undefined
  return likely === undefined
    ? 'an ecosystem is one that OSV knows, such as npm, PyPI, crates.io, Go, Maven, RubyGems or Debian:12'
    : `did you mean ${likely}? Ecosystems are written as OSV writes them`
}

import { stepOf } from '@embargo/core'
import type { ApprovedDocument, CaseState, CommandPreview, Instant, PlannedDocument, World } from '@embargo/core'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import type { Deps } from '../deps.ts'
import { documentDigest } from '../documents/document-digest.ts'
import { approvedContentOf, contentInWords } from '../documents/step-documents.ts'
import type { StepContent } from '../documents/step-documents.ts'
import type { Section } from './preview-section.ts'

type RenderedDocuments = { readonly documents: readonly ApprovedDocument[]; readonly sections: readonly Section[] }

/** Everything that a command publishes besides its mails: which document goes to which target, and how. */
export function renderDocuments(
  { policy }: Pick<Deps, 'policy'>,
  world: World,
  { documents: plan, waiting }: CommandPreview,
  at: Instant,
): RenderedDocuments {
  const from = waiting.verb === 'disclose' && waiting.from !== undefined && waiting.from > at ? waiting.from : at
  const shown = new Set<string>()
  const rendered = plan.flatMap((planned) => {
    const state = caseIn(world, planned)
    if (state === undefined) return []
    const source = { policy, state, release: world.release }
    return [
      {
        document: documentDigest(planned, source),
        section: {
          title: titleOf(planned),
          text: textOf(() => withoutShown(approvedContentOf(planned.step, source, from), shown), from),
        },
      },
    ]
  })
  return { documents: rendered.map(({ document }) => document), sections: rendered.map(({ section }) => section) }
}

/**
 * The content of a step without the documents that the preview already shows for an earlier step. For example, two
 * steps write the same page for people, and the preview shows this page only once.
 */
function withoutShown(content: StepContent, shown: Set<string>): StepContent {
  const documents = content.documents.filter(({ name, text }) => !shown.has(`${name}\n${text}`))
  for (const { name, text } of documents) shown.add(`${name}\n${text}`)
  return { ...content, documents }
}

function caseIn({ case: viewpoint, others }: World, { case: id }: PlannedDocument): CaseState | undefined {
  const state = viewpoint?.id === id ? viewpoint : others.get(id)
  return state?.kind === 'case' ? state : undefined
}

const titleOf = ({ step, case: of, mode }: PlannedDocument): string =>
  `${stepOf(step).title}, ${of}${mode === 'prepare' ? ': a person does it' : ''}`

function textOf(content: () => Parameters<typeof contentInWords>[0], at: Instant): string {
  try {
    return contentInWords(content(), at)
  } catch (error) {
    if (error instanceof CannotPerform) return `Nothing is published there. ${error.message}`
    throw error
  }
}

import { personOf } from '../state/people/directory.ts'
import { dropQuestion } from '../state/release/drop-question.ts'
import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** While the request to take the case out of its release waits for an answer, nothing about the case is sent. */
export const noDropPending: Gate = {
  id: 'frozen',
  check: ({ state, whole }) => {
    const question = dropQuestion(state)
    if (question === undefined) return undefined
    const asker = personOf(whole, question.by)?.name ?? question.by
    return refuse(
      'frozen',
      `${asker} asked to take ${state.id} out of its release, and nothing about this case is sent until somebody answers.`,
      [
        { who: 'a second person', how: 'says yes, and it leaves the release', verb: 'approve', approval: question.id },
        {
          who: 'any team member',
          how: 'says no, and it stays in the release',
          verb: 'approve.no',
          approval: question.id,
        },
      ],
    )
  },
}

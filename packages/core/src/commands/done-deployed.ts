import { fix } from '../gates/fix.ts'
import { validityDecided } from '../gates/validity-decided.ts'
import { isoInstant } from '../shared/instant.ts'
import { branchesToFix } from '../state/stage.ts'
import { nothingToDo, onCase, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'

/** Records that the fix is deployed. After that, the users of a hosted service are no longer in danger. */
export const doneDeployed = defineRequest({
  verb: 'done.deployed',
  gates: [validityDecided, fix],
  decide: (context) => {
    const { state, request } = context
    // A branch that was waived as not fixed has nothing to deploy.
    const fixed = branchesToFix(state).filter((one) => one.waived?.kind !== 'not-fixed')
    const branch = fixed.find((one) => one.name === request.branch)
    if (branch === undefined)
      return senseless(
        `${request.branch} has no fix in this case.`,
        you(`name one of ${fixed.map(({ name }) => name).join(', ')}`, 'done.deployed'),
      )
    if (branch.deployed !== undefined)
      return nothingToDo(`This has been recorded since ${isoInstant(branch.deployed.at)}.`)
    const whole = fixed.every((one) => one.name === request.branch || one.deployed !== undefined)
    const linked = request.link === undefined ? {} : { link: request.link }
    return onCase(context, [{ type: 'FixDeployed', branch: branch.name, ...linked, whole }])
  },
  inputs: ({ id, branches }) => branches.map((branch) => ({ verb: 'done.deployed', case: id, branch })),
})

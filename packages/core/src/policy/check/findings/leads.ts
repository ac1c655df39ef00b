import { DAY } from '../../../shared/instant.ts'
import { Severity } from '../../../shared/words.ts'
import { after } from '../../calendar.ts'
import { leadOf } from '../../lead.ts'
import { policyFor } from '../../policy-for.ts'
import type { PolicyLook } from './finding.ts'

/** A lead that the standing embargo leaves no room for: no release of that severity can ever be pre-notified. */
export const leads: PolicyLook = (whole, from) =>
  whole.projects.flatMap((project) =>
    Severity.options.flatMap((severity) => {
      const policy = policyFor(whole, { project: project.id, severity })
      const { dates, list } = leadOf(policy, { severity })
      const days = Math.floor((after(policy.calendar, from, policy.embargo.standing) - from) / DAY)
      if (dates < days) return []
      return [
        {
          rule: 'lead-longer-than-embargo' as const,
          what: `A ${severity} case of ${project.name} needs a lead of ${dates} days, and its embargo lasts ${days}.`,
          why: `${list === undefined ? 'prenotification.lead' : `The list ${list.name}`} promises more than embargo.standing leaves, so the release would come after the embargo’s end.`,
          instead: 'Shorten the lead, or lengthen embargo.standing.',
        },
      ]
    }),
  )

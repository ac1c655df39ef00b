import { describe, expect, it } from 'vitest'
import { readPolicy } from './read-policy.ts'

const AROUND = { osUser: 'ana', readFile: () => undefined }

function problemsOf(written: string) {
  const reading = readPolicy('p.yaml', `${written}\n`, AROUND)
  return reading.ok ? [] : reading.problems
}

describe('a key that the policy once had', () => {
  it.each([
    [
      'severities: { critical: { embargo: { standing: 30 days } } }',
      'severities is gone.',
      /^Remove it: the policy applies to every severity\./,
    ],
    ['approvals: { disclose: second-look }', 'approvals.disclose is gone.', /^Write approvals\.by/],
    ['groups: { team: { slack: S0TEAM } }', "groups can't be that.", /^A list, each entry after a dash/],
    ['releaseWindow: { zone: UTC }', 'releaseWindow.zone is gone.', /^Write calendar\.zone/],
    [
      'prenotification: { lists: [{ id: d, name: D, subjectTag: "[vs]" }] }',
      'prenotification.lists[0].subjectTag is gone.',
      /^Write "kind: linux-distros": the subject/,
    ],
    ['clocks: { stale: { low: 90 days } }', 'clocks.stale is gone.', /the same in every deployment/],
    ['templates: { receipt: Got it. }', 'templates is gone.', /^Write templatesFrom/],
    ['chat: { sender: name }', 'chat.sender is gone.', /without-addresses/],
    ['waivers: { lead-time: admin }', 'waivers.lead-time is gone.', /^Write notice\.$/],
    ['roles: { disclose: [admin] }', 'roles.disclose is gone.', /the group to which the command belongs/],
    ['approvals: { ahead: 2 hours }', 'approvals.ahead is gone.', /24 hours/],
  ])('%s', (line, because, instead) => {
    expect(problemsOf(line)).toMatchObject([{ because, instead: expect.stringMatching(instead) }])
  })

  it('of a project is reported in the same way', () => {
    const settled = 'policy: { approvals: { ahead: 2 hours } }'
    const projects = `projects: [{ id: lantern, name: Lantern, address: security@lantern.example, ${settled} }]`
    expect(problemsOf(projects)).toMatchObject([{ because: 'projects[0].policy.approvals.ahead is gone.' }])
  })
})

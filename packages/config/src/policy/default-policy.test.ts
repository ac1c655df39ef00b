import { describe, expect, it } from 'vitest'
import { readPolicy } from './read-policy.ts'

describe('a policy that names little', () => {
  const around = { osUser: 'ana', readFile: () => undefined }

  it.each([
    ['nothing at all', ''],
    ['comments alone', '# yaml-language-server: $schema=embargo.policy.schema.json\n'],
    ['an empty block', '{}'],
    ['the profile solo alone', 'profile: solo\n'],
  ])('with %s is that of one person, the user of the machine', (_name, text) => {
    expect(readPolicy('p.yaml', text, around)).toMatchObject({
      ok: true,
      policy: {
        profile: 'solo',
        people: [{ id: 'ana', osUser: 'ana' }],
        projects: [{ address: 'security@embargo.localhost' }],
        platforms: ['terminal'],
      },
    })
  })

  it('changes the one thing that it names', () => {
    const reading = readPolicy('p.yaml', 'clocks: { retrospective: 5 working days }\n', around)
    expect(reading).toMatchObject({
      ok: true,
      policy: { profile: 'solo', clocks: { retrospective: { amount: 5, unit: 'working days' } } },
    })
  })

  it('invents no team if the profile requires one', () => {
    const reading = readPolicy('p.yaml', 'profile: team\n', around)
    expect(reading.ok ? [] : reading.problems.map((one) => one.because)).toEqual([
      'projects is missing.',
      'people is missing.',
    ])
  })
})

import { join, resolve } from 'node:path'
import { Policy } from '@embargo/core'
import type { Problem } from '../problems/problem.ts'
import type { Surroundings } from '../surroundings.ts'
import { defaultPolicy } from './default-policy.ts'
import { readPolicy } from './read-policy.ts'

export const POLICY_FILE = 'embargo.policy.yaml'

export type PolicyFound =
  | { readonly ok: true; readonly policy: Policy; readonly file?: string }
  | { readonly ok: false; readonly problems: readonly Problem[] }

type PolicyLocation = { readonly named: string | undefined; readonly dataFolder: string; readonly around: Surroundings }

/**
 * Finds the policy in the file that EMBARGO_POLICY names. If none is named, looks in the data folder, then in the
 * current folder. If there is no file either, returns the default policy.
 */
export function findPolicy({ named, dataFolder, around }: PolicyLocation): PolicyFound {
  const files =
    named === undefined ? [join(dataFolder, POLICY_FILE), join(around.cwd, POLICY_FILE)] : [resolve(around.cwd, named)]
  for (const file of files) {
    const read = attempt(file, around)
    if ('problem' in read) return { ok: false, problems: [read.problem] }
    if (read.text === undefined) continue
    const reading = readPolicy(file, read.text, around)
    return reading.ok ? { ...reading, file } : reading
  }
  if (named === undefined) return { ok: true, policy: Policy.parse(defaultPolicy(around.osUser)) }
  const at = { is: 'variable', name: 'EMBARGO_POLICY' } as const
  return {
    ok: false,
    problems: [
      {
        at,
        found: named,
        because: 'There is no such file.',
        instead: `Name a file that exists, or unset it and put the policy into ${POLICY_FILE} in the data folder.`,
      },
    ],
  }
}

function attempt(file: string, around: Surroundings): { text: string | undefined } | { problem: Problem } {
  try {
    return { text: around.readFile(file) }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
    return {
      problem: {
        at: { is: 'path', path: file },
        because: `The policy can't be read${code}.`,
        instead: 'Make it a file that the user who runs Embargo can read.',
      },
    }
  }
}

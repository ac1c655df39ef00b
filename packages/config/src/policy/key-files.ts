import type { Policy } from '@embargo/core'
import type { Problem } from '../problems/problem.ts'
import type { PolicyFiles } from './policy-files.ts'
import type { Path, PolicyText } from './policy-text.ts'

const BEGIN = '-----BEGIN PGP '

type KeyOwner = { readonly key?: string | undefined }

/**
 * Reads the files of the public keys that a policy names. Only the form of the armored text is checked here;
 * packages/engine checks whether the keys are usable.
 */
export function readKeyFiles(
  policy: Policy,
  files: PolicyFiles,
  text: PolicyText,
): { readonly policy: Policy; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const withKey = <T extends KeyOwner>(owner: T, path: Path): T => {
    const { key } = owner
    if (key === undefined || key.trimStart().startsWith(BEGIN)) return owner
    const file = files.read(key)
    if (file !== undefined && 'text' in file) return { ...owner, key: file.text }
    const because =
      file === undefined
        ? 'This is neither a file that exists nor an armored key.'
        : `The file can't be read (${file.code}).`
    const instead =
      'Export the owner’s public key into a file beside the policy (gpg --armor --export), and name that file here.'
    problems.push({ at: text.place([...path, 'key']), because, instead })
    return owner
  }
  const people = policy.people.map((person, index) => withKey(person, ['people', index]))
  const parties = policy.parties.map((party, index) => withKey(party, ['parties', index]))
  const lists = policy.prenotification.lists.map((list, at) => ({
    ...list,
    recipients: list.recipients.map((recipient, index) =>
      withKey(recipient, ['prenotification', 'lists', at, 'recipients', index]),
    ),
  }))
  return { policy: { ...policy, people, parties, prenotification: { ...policy.prenotification, lists } }, problems }
}

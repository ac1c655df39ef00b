import { basename } from 'node:path'
import { fieldMissing, fieldsNamed, isTree, TEMPLATE_FIELDS, TEMPLATE_NAMES } from '@embargo/core'
import type { Policy, TemplateName } from '@embargo/core'
import { nearest } from '../problems/nearest.ts'
import type { Problem } from '../problems/problem.ts'
import type { PolicyFiles } from './policy-files.ts'
import type { PolicyText } from './policy-text.ts'

/** A letter has a page or two, so a larger file must be the wrong one. */
const LONGEST_TEMPLATE = 20_000

type Templates = Policy['templates']
type Letters = Pick<Policy, 'templates' | 'projectTemplates'>
type FolderReading<T> = { readonly letters: T; readonly problems: readonly Problem[] }

/** The letters of the folder `templatesFrom`, and of the folders in it that are named after projects. */
export function readTemplateFolder(policy: unknown, files: PolicyFiles, text: PolicyText): FolderReading<Letters> {
  const none = { templates: {}, projectTemplates: {} }
  if (!isTree(policy) || typeof policy['templatesFrom'] !== 'string') return { letters: none, problems: [] }
  const folder = policy['templatesFrom']
  const projects = projectIds(policy['projects'])
  const forAll = readFolder(folder, files, projects)
  const ofProjects = projects.map((id) => [id, readFolder(`${folder}/${id}`, files)] as const)
  const problems = [forAll, ...ofProjects.map(([, reading]) => reading)].flatMap((reading) => reading.problems)
  const found = ofProjects.filter(([, { letters }]) => Object.keys(letters).length > 0)
  if (problems.length === 0 && found.length === 0 && Object.keys(forAll.letters).length === 0) {
    const at = text.place(['templatesFrom'])
    const because = 'There is no letter in this folder.'
    const instead = `Put one there, named ${TEMPLATE_NAMES.map((name) => `${name}.txt`).join(', ')}; or take this out.`
    return { letters: none, problems: [{ at, found: folder, because, instead }] }
  }
  const projectTemplates = Object.fromEntries(found.map(([id, { letters }]) => [id, letters] as const))
  return { letters: { templates: forAll.letters, projectTemplates }, problems }
}

const projectIds = (projects: unknown): readonly string[] =>
  Array.isArray(projects)
    ? projects.flatMap((project: unknown) =>
        isTree(project) && typeof project['id'] === 'string' ? [project['id']] : [],
      )
    : []

/** `folders`: the names of the subfolders that have a meaning. */
function readFolder(folder: string, files: PolicyFiles, folders: readonly string[] = []): FolderReading<Templates> {
  const letters: { -readonly [N in TemplateName]?: string } = {}
  const problems: Problem[] = [...unknownNames(files.list(folder), folders)]
  for (const name of TEMPLATE_NAMES) {
    const file = files.read(`${folder}/${name}.txt`)
    if (file === undefined) continue
    const found = 'code' in file ? [unreadable(file)] : problemsOf(name, file)
    problems.push(...found)
    if ('text' in file && found.length === 0) letters[name] = file.text
  }
  return { letters, problems }
}

/**
 * Reports files that are not named after a letter, because they would never be used, and nobody would notice. Hidden
 * files are ignored.
 */
function unknownNames(paths: readonly string[], folders: readonly string[]): readonly Problem[] {
  const known = [...TEMPLATE_NAMES.map((name) => `${name}.txt`), ...folders]
  return paths.flatMap((path): readonly Problem[] => {
    const name = basename(path)
    if (name.startsWith('.') || known.includes(name)) return []
    const meant = nearest(name, known)
    const instead = meant === undefined ? `Names are ${known.join(', ')}; or take it away.` : `Did you mean ${meant}?`
    return [{ at: { is: 'path', path }, because: 'No letter has this name.', instead }]
  })
}

const unreadable = ({ path, code }: { readonly path: string; readonly code: string }): Problem => ({
  at: { is: 'path', path },
  because: `The letter can't be read (${code}).`,
  instead: 'Make it a file that the user who runs Embargo can read, or remove it.',
})

type LetterFile = { readonly path: string; readonly text: string }

function problemsOf(letter: TemplateName, file: LetterFile): readonly Problem[] {
  const { path, text } = file
  if (text.trim() !== '' && text.length <= LONGEST_TEMPLATE)
    return [...unknownFields(letter, file), ...missingField(letter, file)]
  const because = text.length > LONGEST_TEMPLATE ? 'The letter is longer than any letter is.' : 'The letter is empty.'
  const instead = `Write up to ${LONGEST_TEMPLATE} characters, or take the file away.`
  return [{ at: { is: 'file', path, line: 1, column: 1 }, because, instead }]
}

function missingField(letter: TemplateName, { path, text }: LetterFile): readonly Problem[] {
  const missing = fieldMissing(letter, text)
  if (missing === undefined) return []
  const because = `The letter ${letter} must contain {{${missing}}}, and does not.`
  return [{ at: { is: 'file', path, line: 1, column: 1 }, because, instead: `Name {{${missing}}} in it.` } as const]
}

// Reports unknown fields at their position in the letter's own file, which the schema cannot know.
function unknownFields(letter: TemplateName, { path, text }: LetterFile): readonly Problem[] {
  const known: readonly string[] = TEMPLATE_FIELDS[letter]
  return fieldsNamed(text)
    .filter(({ name }) => !known.includes(name))
    .map(({ name, offset }) => {
      const above = text.slice(0, offset).split('\n')
      const suggestion = nearest(name, known)
      const all = `Its fields are ${known.join(', ')}.`
      return {
        at: { is: 'file', path, line: above.length, column: (above.at(-1)?.length ?? 0) + 1 },
        found: `{{${name.slice(0, 40)}}}`,
        because: `The letter ${letter} has no such field.`,
        instead: suggestion === undefined ? all : `Did you mean {{${suggestion}}}? ${all}`,
      }
    })
}

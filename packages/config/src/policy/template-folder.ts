import { basename } from 'node:path'
import {
  fieldMissing,
  fieldsNamed,
  isTree,
  TEMPLATE_FIELDS,
  TEMPLATE_NAMES,
  templateMistakes,
  TEXT_NAMES,
  TEXT_TEMPLATES,
  textMistakes,
} from '@embargo/core'
import type { Policy, TemplateName, TextName } from '@embargo/core'
import { nearest } from '../problems/nearest.ts'
import type { Problem } from '../problems/problem.ts'
import type { PolicyFiles } from './policy-files.ts'
import type { PolicyText } from './policy-text.ts'

/** The most characters of a template. A letter or text has a page or two, so a larger file must be the wrong one. */
const LONGEST_TEMPLATE = 20_000

type Templates = Policy['templates']
type Letters = Pick<Policy, 'templates' | 'projectTemplates'>

type TemplateFile = {
  readonly name: TemplateName | TextName
  readonly file: string
  readonly problems: (file: LetterFile) => readonly Problem[]
}

/** The files that a folder may have: letters, and texts about a vulnerability. */
const TEMPLATE_FILES: readonly TemplateFile[] = [
  ...TEMPLATE_NAMES.map((name) => ({
    name,
    file: `${name}.txt`,
    problems: (file: LetterFile) => {
      const unknown = unknownFields(name, file)
      return [...unknown, ...(unknown.length > 0 ? [] : wrongBraces(name, file)), ...missingField(name, file)]
    },
  })),
  ...TEXT_NAMES.map((name) => ({
    name,
    file: TEXT_TEMPLATES[name].file,
    problems: (file: LetterFile) => problemsOfText(name, file),
  })),
]

const FILE_NAMES = TEMPLATE_FILES.map(({ file }) => file)

type FolderReading<T> = { readonly letters: T; readonly problems: readonly Problem[] }

/** Reads the letters in the folder `templatesFrom`, and in its subfolders that are named after projects. */
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
    const because = 'There is no letter or text in this folder.'
    const instead = `Put one there, named ${FILE_NAMES.join(', ')}; or remove this setting.`
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

/** Reads the letters in one folder. `folders` are the names that its subfolders may have. */
function readFolder(folder: string, files: PolicyFiles, folders: readonly string[] = []): FolderReading<Templates> {
  const letters: { -readonly [N in TemplateName | TextName]?: string } = {}
  const problems: Problem[] = [...unknownNames(files.list(folder), folders)]
  for (const { name, file: fileName, problems: problemsIn } of TEMPLATE_FILES) {
    const file = files.read(`${folder}/${fileName}`)
    if (file === undefined) continue
    const found = 'code' in file ? [unreadable(file)] : problemsOf(file, problemsIn)
    problems.push(...found)
    if ('text' in file && found.length === 0) letters[name] = file.text
  }
  return { letters, problems }
}

/**
 * Reports files that are not named after a letter or text. They would never be used, and nobody would notice. Hidden
 * files are ignored.
 */
function unknownNames(paths: readonly string[], folders: readonly string[]): readonly Problem[] {
  const known = [...FILE_NAMES, ...folders]
  return paths.flatMap((path): readonly Problem[] => {
    const name = basename(path)
    if (name.startsWith('.') || known.includes(name)) return []
    const meant = nearest(name, known)
    const instead =
      meant === undefined ? `Remove it, or give it one of these names: ${known.join(', ')}.` : `Did you mean ${meant}?`
    return [{ at: { is: 'path', path }, because: 'No letter or text has this name.', instead }]
  })
}

const unreadable = ({ path, code }: { readonly path: string; readonly code: string }): Problem => ({
  at: { is: 'path', path },
  because: `It can't be read (${code}).`,
  instead: 'Make it a file that the user who runs Embargo can read, or remove it.',
})

type LetterFile = { readonly path: string; readonly text: string }

function problemsOf(file: LetterFile, problemsIn: TemplateFile['problems']): readonly Problem[] {
  const { path, text } = file
  if (text.trim() !== '' && text.length <= LONGEST_TEMPLATE) return problemsIn(file)
  const because = text.length > LONGEST_TEMPLATE ? `It has more than ${LONGEST_TEMPLATE} characters.` : 'It is empty.'
  const instead = `Write up to ${LONGEST_TEMPLATE} characters, or remove the file.`
  return [{ at: { is: 'file', path, line: 1, column: 1 }, because, instead }]
}

function missingField(letter: TemplateName, { path, text }: LetterFile): readonly Problem[] {
  const missing = fieldMissing(letter, text)
  if (missing === undefined) return []
  const because = `The letter ${letter} must contain {{${missing}}}, and does not.`
  return [{ at: { is: 'file', path, line: 1, column: 1 }, because, instead: `Name {{${missing}}} in it.` } as const]
}

// Reports unknown fields at their position in the letter's own file, because the schema cannot know that position.
function unknownFields(letter: TemplateName, { path, text }: LetterFile): readonly Problem[] {
  const known: readonly string[] = TEMPLATE_FIELDS[letter]
  return fieldsNamed(text)
    .filter(({ name }) => !known.includes(name))
    .map(({ name, offset }) => ({
      at: { is: 'file', path, ...positionOf(text, offset) },
      found: `{{${name.slice(0, 40)}}}`,
      because: `The letter ${letter} has no such field.`,
      instead: suggestionFor(name, known),
    }))
}

/** Reports braces that enclose no field, because such braces would be mailed unchanged. */
const wrongBraces = (letter: TemplateName, { path, text }: LetterFile): readonly Problem[] =>
  templateMistakes(text).map(({ offset, found, because }) => ({
    at: { is: 'file', path, ...positionOf(text, offset) },
    ...(found === undefined ? {} : { found }),
    because,
    instead: suggestionFor('', TEMPLATE_FIELDS[letter]),
  }))

function suggestionFor(name: string, known: readonly string[], ofIssue: readonly string[] = []): string {
  const suggestion = nearest(name, [...known, ...ofIssue])
  return [
    ...(suggestion === undefined ? [] : [`Did you mean {{${suggestion}}}?`]),
    `Its fields are ${known.join(', ')}.`,
    ...(ofIssue.length === 0
      ? []
      : [`Between {{#issue}} and {{/issue}}, each vulnerability has the fields ${ofIssue.join(', ')}.`]),
  ].join(' ')
}

function positionOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const above = text.slice(0, offset).split('\n')
  return { line: above.length, column: (above.at(-1)?.length ?? 0) + 1 }
}

/**
 * The mistakes in a text about a vulnerability. The text is filled with sample values to find out whether a field is
 * missing.
 */
const problemsOfText = (name: TextName, { path, text }: LetterFile): readonly Problem[] =>
  textMistakes(name, text).map(({ offset = 0, found, because }) => {
    const { fields, issueFields } = TEXT_TEMPLATES[name]
    return {
      at: { is: 'file', path, ...positionOf(text, offset) },
      ...(found === undefined ? {} : { found }),
      because,
      instead: suggestionFor(found?.slice(2, -2) ?? '', fields, issueFields),
    }
  })

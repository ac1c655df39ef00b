import type { Statement, VariableDeclarator } from '@swc/core'
import { Visitor } from '@swc/core/Visitor.js'

type UsingDeclaration = { readonly type: 'UsingDeclaration'; readonly decls: VariableDeclarator[] }

const isUsing = (statement: object): statement is UsingDeclaration =>
  'type' in statement && statement.type === 'UsingDeclaration'

/**
 * swc can parse `await using`. But swc's visitor, which dependency-cruiser uses, throws an error for it ("Unknown
 * statement type"). This function makes the visitor treat `await using` as any other declaration, so imports in such a
 * declaration are found too.
 */
export function readUsingDeclarations(): void {
  const visit = Visitor.prototype.visitStatement
  Visitor.prototype.visitStatement = function visitStatement(this: Visitor, statement: Statement): Statement {
    const seen: object = statement
    if (!isUsing(seen)) return visit.call(this, statement)
    this.visitVariableDeclarators(seen.decls)
    return statement
  }
}

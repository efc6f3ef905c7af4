import ts from 'typescript'

const printer = ts.createPrinter({ removeComments: true })
const settings = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
  types: [],
  skipLibCheck: true,
}

/** What is declared, without comments; of a variable, its whole statement. */
const print = (declaration) => {
  const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration
  return printer
    .printNode(ts.EmitHint.Unspecified, node, node.getSourceFile())
    .replace(/^export /, '')
    .replace(/^declare /, '')
}

/** The package that a file is of. */
const packageOf = (file) => {
  const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file) ?? []
  const [, own] = /.*\/packages\/([^/]+)\/dist\//.exec(file) ?? []
  return own === undefined ? name : `@chatstream/${own}`
}

/**
 * The public API of each entry, as its declarations have it: every name that it exports, and below, what these are made of
 * without being exported. By name, so that the order of files and of lines in them does not show.
 */
export function describeApis(entries) {
  const program = ts.createProgram(entries, settings)
  const checker = program.getTypeChecker()
  return entries.map((entry) => describeApi(program.getSourceFile(entry), checker))
}

function describeApi(entry, checker) {
  const isOurs = (node) => packageOf(node.getSourceFile().fileName) === packageOf(entry.fileName)
  const resolve = (symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol

  const seen = new Set()
  const queue = []
  const describe = (name, symbol) => {
    const [first, ...others] = symbol.declarations ?? []
    if (first === undefined)
      throw new Error(`${entry.fileName}: ${name} is declared nowhere; is everything built?`)
    seen.add(symbol)
    if (!isOurs(first)) return [name, `${name} // of ${packageOf(first.getSourceFile().fileName)}`]
    queue.push(first, ...others)
    return [name, [first, ...others].map(print).join('\n')]
  }

  const names = checker.getExportsOfModule(checker.getSymbolAtLocation(entry))
  const exported = names.map((symbol) => describe(symbol.name, resolve(symbol)))
  const parts = []
  const visit = (node) => {
    if (ts.isIdentifier(node)) {
      const found = checker.getSymbolAtLocation(node)
      const symbol = found && resolve(found)
      const isTopLevel = symbol?.declarations?.some((one) => isOurs(one) && ts.isSourceFile(one.parent))
      if (isTopLevel && !seen.has(symbol)) parts.push(describe(symbol.name, symbol))
    }
    ts.forEachChild(node, visit)
  }
  for (const declaration of queue) visit(declaration) // it grows meanwhile

  const inOrder = (pairs) => pairs.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text)
  const rest = parts.length === 0 ? [] : ['// not exported, but part of the above', ...inOrder(parts)]
  return [...inOrder(exported), ...rest].join('\n\n')
}

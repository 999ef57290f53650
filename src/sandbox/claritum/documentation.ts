import type { Member, Wsdl } from './wsdl';
import { escaped } from './write';

const signature = (members: readonly Member[]): string =>
  members
    .map(({ name, type, isNillable }) => `<li><code>${name}</code> ${type}${isNillable ? ', may be nil' : ''}</li>`)
    .join('');

function typeSection(name: string, wsdl: Wsdl): string {
  const type = wsdl.types.get(name);
  if (type === undefined) return '';
  const body = type.kind === 'array' ? `<p>list of ${type.item}</p>` : `<ul>${signature(type.members)}</ul>`;
  return `<h3 id="${name}">${name}</h3>${body}`;
}

/** The page a plain GET shows, made from the WSDL as the vendor's own is. */
export function documentationPage(wsdl: Wsdl, address: string): string {
  const operations = [...wsdl.operations.values()]
    .map(
      ({ name, documentation, parts, result }) =>
        `<h3>${name}</h3><p>${escaped(documentation)}</p><ul>${signature(parts)}</ul><p>Returns ${result}</p>`,
    )
    .join('\n');
  const types = [...wsdl.types.keys()].map((name) => typeSection(name, wsdl)).join('\n');
  return (
    `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Claritum System Web Services 1.3</title></head>` +
    `<body><h1>Claritum System Web Services 1.3</h1><p>SOAP 1.1, WSDL at <a href="?wsdl">${escaped(address)}?wsdl</a></p>` +
    `<h2>Operations</h2>\n${operations}\n<h2>Types</h2>\n${types}</body></html>\n`
  );
}

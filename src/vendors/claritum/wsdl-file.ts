import { readFileSync } from 'node:fs';
import { UnreadableText } from '../../transport/formats/unreadable-text';
import { readWsdlShape } from '../../transport/wsdl/shape';

/** Why the file of CLARITUM_WSDL cannot be used, one line each; none where it can. What it lacks is for `checkWsdl`. */
export function wsdlFaults(file: string): readonly string[] {
  try {
    const { operations, imports } = readWsdlShape(readFileSync(file, 'utf8'));
    if (imports.length > 0) {
      return [
        `CLARITUM_WSDL: ${file} imports ${imports.join(', ')}; put everything into one file, because Waybill does not fetch imports`,
      ];
    }
    return operations.size > 0 ? [] : [`CLARITUM_WSDL: ${file} describes no operation`];
  } catch (error) {
    if (error instanceof UnreadableText) {
      return [`CLARITUM_WSDL: ${file} is not a WSDL (${error.code}); save it from …/soap.php?wsdl`];
    }
    if (typeof error === 'object' && error !== null && 'code' in error)
      return [`CLARITUM_WSDL: ${file} cannot be read (${String(error.code)})`];
    throw error;
  }
}

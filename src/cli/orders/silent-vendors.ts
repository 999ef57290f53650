import type { Client } from '@temporalio/client';
import { waybill } from '../../domain/values/command-line';
import { vendorTitles } from '../../domain/case/hang';
import { vendorNames, type VendorName } from '../../domain/case/names';
import { say, type Printable } from '../../terminal/output';

/** A vendor that does not take what orders and invoices send it, for more than a minute by now. */
export interface SilentVendor {
  readonly vendor: VendorName;
  /** How many orders and invoices wait for it. */
  readonly waiting: number;
}

/** Temporal's list filter for what a vendor hangs up, whether a question is open besides or not. */
export const isSilent = (vendor: VendorName): string => `(WaitingFor = "${vendor}" OR SilentVendor = "${vendor}")`;

/** The vendors that orders and invoices wait for at present, as lists show it. */
export async function silentVendors(client: Client): Promise<readonly SilentVendor[]> {
  const counted = await Promise.all(
    vendorNames.map(async (vendor) => {
      const { count } = await client.workflow.count(
        `ExecutionStatus = "Running" AND WorkflowType != "feed" AND ${isSilent(vendor)}`,
      );
      return { vendor, waiting: count };
    }),
  );
  return counted.filter(({ waiting }) => waiting > 0);
}

/** One of them as a sentence: `ManEx: 12 orders wait because it does not take their calls …`. */
export const silentSentence = ({ vendor, waiting }: SilentVendor): Printable =>
  say`${vendorTitles[vendor]} does not accept the calls of ${waiting} ${waiting === 1 ? 'order or invoice' : 'orders and invoices'}. Waybill retries them (${waybill('list', [], { waiting: vendor })}).`;

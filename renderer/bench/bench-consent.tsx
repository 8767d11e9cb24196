import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { itemOf, offerKey, OfferList, offersOf, type Offer, wayBackWords } from '../corrections/offer-list.tsx';
import correction from '../corrections/correction.module.css';
import fix from '../corrections/fix.module.css';
import { t } from '../language/words.ts';
import { useKeys } from '../parts/keys.ts';
import { isolated, phoneName, PhoneText, serialEnd } from '../parts/phone-text.tsx';
import { useTakesFocus } from '../parts/takes-focus.ts';
import { listText } from '../parts/value-text.ts';
import { ticketsOfPhone, useOpenTickets } from '../program/open-tickets.ts';
import { isOfFile } from '../program/of-file.ts';
import { useProgram } from '../program/program.tsx';
import classes from './bench.module.css';
import { type Bench, type Card, useOfBench } from './cards.ts';
import { selection } from './selection.ts';
import { isFree } from './to-scan.ts';

/** One phone with what this computer can correct on it. */
interface FixablePhone {
  card: Card;
  /** When it was read. */
  shownAt: string;
  offers: readonly Offer[];
}

/** The phones among these that can be corrected at this moment. */
export const fixable = (cards: readonly Card[]): FixablePhone[] =>
  cards.flatMap((card) => {
    // What a file tells of a phone is no reading of the one on the cable.
    if (card.report === null || isOfFile(card.report) || !isFree(card.state)) return [];
    const offers = offersOf(card.report);
    return offers.length === 0 ? [] : [{ card, shownAt: card.report.reading.takenAt, offers }];
  });

const idOf = ({ card }: FixablePhone): string => card.phone.id;

const namesOf = (cards: readonly Card[]): string => listText(cards.map(({ phone }) => isolated(phoneName(phone))));

const isGone =
  (bench: Bench | null) =>
  (one: FixablePhone): boolean =>
    bench?.cards.some(({ phone, state }) => phone.id === idOf(one) && state.kind !== 'unplugged') !== true;

/** Whether something else is done with a phone that was free when it was asked for, or it cannot be read any more. */
const isBusy =
  (bench: Bench | null) =>
  (one: FixablePhone): boolean =>
    bench?.cards.some(({ phone, state }) => phone.id === idOf(one) && !isFree(state)) === true;

interface BenchConsentProps {
  /** The phones that were asked for. */
  cards: readonly Card[];
  onEnd: () => void;
}

/** One question for several phones: what is changed on each, in plain words. They are corrected beside each other. */
export function BenchConsent({ cards, onEnd }: BenchConsentProps) {
  const { works } = useProgram();
  const panel = useTakesFocus<HTMLFieldSetElement>(true);
  const tickets = useOpenTickets();
  const mayNotChange = (phoneId: string): boolean =>
    ticketsOfPhone(tickets, phoneId).some(({ refuses }) => refuses.includes('change'));
  // What was read of a phone meanwhile changes nothing of what is asked here.
  const [phones] = useState(() => fixable(cards));
  const [ticked, setTicked] = useState<ReadonlyMap<string, ReadonlySet<string>>>(
    () =>
      new Map(
        phones.map(({ card, offers }) => [card.phone.id, new Set(offers.filter(({ meant }) => meant).map(offerKey))]),
      ),
  );
  // What is plugged in where a phone was pulled out is another one until it is looked at, whatever it is called.
  const goneNow = useOfBench((bench) => phones.filter(isGone(bench)).map(idOf).join('\n'));
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  if (phones.some((one) => goneNow.split('\n').includes(idOf(one)) && !gone.has(idOf(one)))) {
    setGone(new Set([...gone, ...goneNow.split('\n')]));
  }
  const here = phones.filter((one) => !gone.has(idOf(one)));
  const busyNow = useOfBench((bench) => phones.filter(isBusy(bench)).map(idOf).join('\n')).split('\n');
  const busy = here.filter((one) => busyNow.includes(idOf(one)));
  const isOver = here.length === 0;
  useEffect(() => {
    if (isOver) onEnd();
  }, [isOver, onEnd]);
  useKeys([['Escape', onEnd]]);
  const tick = (phoneId: string, key: string, is: boolean): void => {
    const own = new Set(ticked.get(phoneId));
    if (is) own.add(key);
    else own.delete(key);
    setTicked(new Map([...ticked, [phoneId, own]]));
  };
  const refused = here.filter(({ card }) => mayNotChange(card.phone.id));
  const agreed = here
    .filter((one) => !busy.includes(one) && !refused.includes(one))
    .map(({ card, shownAt, offers }) => ({
      phoneId: card.phone.id,
      shownAt,
      fixes: offers.filter((offer) => ticked.get(card.phone.id)?.has(offerKey(offer)) === true),
    }))
    .filter(({ fixes }) => fixes.length > 0);
  const notAsked = here.filter(({ card }) =>
    ticketsOfPhone(tickets, card.phone.id).some(({ consent }) => consent === null),
  );
  const left = cards.filter((card) => phones.every((one) => one.card.phone.id !== card.phone.id));
  const fixAll = (): void => {
    for (const { phoneId, shownAt, fixes } of agreed) {
      works.correctAll(phoneId, shownAt, fixes.map(itemOf));
    }
    selection.clear();
    onEnd();
  };
  return (
    <fieldset ref={panel} className={correction.panel} tabIndex={-1}>
      <legend className={fix.asks}>
        {t('{count, plural, one {Change this on the phone?} other {Change this on # phones?}}', {
          count: here.length,
        })}
      </legend>
      {here.map(({ card: { phone, number }, offers }) => (
        <section key={phone.id} className={classes.ofPhone}>
          <h2>
            <span className={classes.number}>{number}</span> <PhoneText>{phoneName(phone)}</PhoneText>{' '}
            <span className={classes.when}>
              <PhoneText>{serialEnd(phone)}</PhoneText>
            </span>
          </h2>
          <OfferList
            offers={offers}
            ticked={ticked.get(phone.id) ?? new Set()}
            onTick={(key, is) => tick(phone.id, key, is)}
          />
        </section>
      ))}
      {left.length === 0 ? null : (
        <p className={correction.small}>
          {t.rich('Nothing that this computer can fix: {phones}', {
            phones: <PhoneText>{namesOf(left)}</PhoneText>,
          })}
        </p>
      )}
      {busy.length === 0 ? null : (
        <p className={correction.small}>
          {t.rich('Cannot be fixed at this moment, and left out: {phones}', {
            phones: <PhoneText>{namesOf(busy.map(({ card }) => card))}</PhoneText>,
          })}
        </p>
      )}
      {refused.length === 0 ? null : (
        <p className={correction.small}>
          {t.rich('Their customers have not allowed changes, and they are left out: {phones}', {
            phones: <PhoneText>{namesOf(refused.map(({ card }) => card))}</PhoneText>,
          })}
        </p>
      )}
      {notAsked.length === 0 ? null : (
        <p className={correction.small}>
          {t.rich('No ticket says whether changes are allowed: {phones}', {
            phones: <PhoneText>{namesOf(notAsked.map(({ card }) => card))}</PhoneText>,
          })}
        </p>
      )}
      {gone.size === 0 ? null : (
        <p className={correction.small}>
          {t.rich('Unplugged meanwhile: {phones}', {
            phones: (
              <PhoneText>{namesOf(phones.filter((one) => gone.has(idOf(one))).map(({ card }) => card))}</PhoneText>
            ),
          })}
        </p>
      )}
      <p className={correction.small}>{wayBackWords(agreed.flatMap(({ fixes }) => fixes))}</p>
      <div className={correction.buttons}>
        <Button onClick={fixAll} disabled={agreed.length === 0}>
          {t('{count, plural, one {Fix # phone} other {Fix # phones}}', { count: agreed.length })}
        </Button>
        <Button variant="default" onClick={onEnd}>
          {t('Not now')}
        </Button>
      </div>
    </fieldset>
  );
}

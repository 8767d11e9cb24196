import { useQuery } from '@tanstack/react-query';
import { t } from '../language/words.ts';
import { useProgram, useSetting } from '../program/program.tsx';
import classes from './shop-head.module.css';

/** Whose page it is that is given away. */
export interface Shop {
  name: string;
  /** As a `data:` address; null where there is none. */
  logo: string | null;
}

/** `isRead`: whether it is known if there is a logo. */
export function useShop(): Shop & { isRead: boolean } {
  const { client } = useProgram();
  const name = useSetting('shopName', '');
  const logo = useQuery({ queryKey: ['logo'], queryFn: () => client.settings.logo.query(), staleTime: Infinity });
  return { name, logo: logo.data ?? null, isRead: !logo.isPending };
}

/** The shop's logo and name, as the settings have them; nothing where there is neither. */
export function ShopHead({ shop: { name, logo } }: { shop: Shop }) {
  if (name === '' && logo === null) return null;
  return (
    <p className={classes.head}>
      {logo === null ? null : <img className={classes.logo} src={logo} alt={name === '' ? t('The shop’s logo') : ''} />}
      {name}
    </p>
  );
}

import {useGlyphs} from '../theme.js';
import {Styled} from './styled.js';

/** Shows that something takes a moment; turns with the app's clock. */
export function Spinner({now, text}: {readonly now: number; readonly text: string}) {
	const {spinner} = useGlyphs();
	return <Styled tone="accent">{`${spinner[Math.floor(now / 100) % spinner.length] ?? ''} ${text}`}</Styled>;
}

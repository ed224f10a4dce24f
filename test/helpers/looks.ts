import type {IBufferCell, Terminal} from '@xterm/headless';

/** What is seen of a cell. The colour of a letter does not show on a space. */
export function seen(cell: IBufferCell): string {
	const text = cell.getWidth() === 0 ? '' : cell.getChars() || ' ';
	const back = [cell.getBgColorMode(), cell.getBgColor()];
	const lines = [cell.isInverse(), cell.isUnderline(), cell.isStrikethrough(), cell.isOverline()].map(Boolean);
	const shape = [cell.isBold(), cell.isDim(), cell.isItalic(), cell.isInvisible()].map(Boolean);
	const isBare = text === ' ' && !lines.includes(true);
	const front = isBare ? [] : [cell.getFgColorMode(), cell.getFgColor(), ...shape];
	return JSON.stringify([text, ...back, ...lines, ...front]);
}

/** What is seen of each row of an emulator's screen, cell by cell. */
export function looksOf(screen: Terminal): readonly (readonly string[])[] {
	const buffer = screen.buffer.active;
	return Array.from({length: screen.rows}, (_, y) => {
		const line = buffer.getLine(buffer.viewportY + y);
		return Array.from({length: screen.cols}, (_, x) => {
			const cell = line?.getCell(x);
			return cell === undefined ? '' : seen(cell);
		});
	});
}

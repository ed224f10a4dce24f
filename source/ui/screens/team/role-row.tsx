import {Box} from 'ink';
import type {RoleForm} from '../../../app/screens/team/role-form.js';
import {Labelled} from '../../components/labelled.js';
import {Styled} from '../../components/styled.js';
import {useGlyphs} from '../../theme.js';

type Props = {readonly form: RoleForm; readonly label: string; readonly labelWidth: number; readonly says?: string};

/** The role that is chosen, and what it `says` beside it. */
export function RoleRow({form: {role, onRole}, label, labelWidth, says = ''}: Props) {
	const {cursor} = useGlyphs();
	return (
		<Labelled label={label} labelWidth={labelWidth} signs={onRole ? cursor : ''}>
			<Box flexShrink={0}>{onRole ? <Styled tone="selected">{`< ${role} >`}</Styled> : <Styled>{role}</Styled>}</Box>
			<Styled>{says}</Styled>
		</Labelled>
	);
}

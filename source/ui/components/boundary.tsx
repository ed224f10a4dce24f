import {Component, type ReactNode} from 'react';

type Props = {readonly onError: (error: unknown) => void; readonly children: ReactNode};

/**
 * Draws nothing once a child fails to render: Ink's own error page would show the message, which may contain anything.
 */
export class Boundary extends Component<Props, {readonly failed: boolean}> {
	override state = {failed: false};

	static getDerivedStateFromError() {
		return {failed: true};
	}

	override componentDidCatch(error: unknown): void {
		this.props.onError(error);
	}

	override render(): ReactNode {
		return this.state.failed ? null : this.props.children;
	}
}

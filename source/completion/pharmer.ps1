# Completion of pharmer for PowerShell. To have it in every shell, add this line to the file that $PROFILE names:
#   pharmer completion powershell | Out-String | Invoke-Expression
# The man page: npm links it for a global install (npm install --global), and not on Windows; `man pharmer` shows it.
# It is the file pharmer.1 beside the program.

Register-ArgumentCompleter -Native -CommandName 'pharmer' -ScriptBlock {
	param($wordToComplete, $commandAst, $cursorPosition)
	$words = @($commandAst.CommandElements | Select-Object -Skip 1 |
		Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
		ForEach-Object { if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text } })
	# On Windows the program may be started through cmd.exe, to which other characters mean something.
	foreach ($word in @($words) + @($wordToComplete)) { if ($word -notmatch '^[\w.,:=/\\@+~-]*\z') { return } }
	$lines = @(& pharmer complete powershell $words.Count @words $wordToComplete 2>$null)
	if ($lines.Count -eq 0 -or $lines[0] -ne 'words') { return }
	# Without any word PowerShell would complete files.
	if ($lines.Count -eq 1) { return '' }
	foreach ($line in $lines[1..($lines.Count - 1)]) {
		$text, $about = $line -split "`t", 2
		if (-not $about) { $about = $text }
		$typed = if ($text -match '^[\w.,:=/\\+-]+\z') { $text } else { "'" + [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($text) + "'" }
		[System.Management.Automation.CompletionResult]::new($typed, $text, 'ParameterValue', $about)
	}
}

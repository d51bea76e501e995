using GeminiBatch.Conformance;

switch (args)
{
    case ["run", .. var rest]:
        return RunCommand.Run(rest, Console.Out, Console.Error);
    case ["types"]:
        Console.Write(GeminiBatch.TypeCases.TypeTable.Markdown());
        return 0;
    default:
        return RunCommand.Explain(Console.Error);
}

using GeminiBatch.Conformance;

return args is ["run", .. var rest] ? RunCommand.Run(rest, Console.Out, Console.Error) : RunCommand.Explain(Console.Error);

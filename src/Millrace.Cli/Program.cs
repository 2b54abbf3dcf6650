using Millrace.Cli;

return await Tool.RunAsync(args);

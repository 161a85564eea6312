using Gen;

/// <summary>The call by a proxy of Mono's wsdl: call.exe URL-OF-WSDL</summary>
public static class Call
{
    public static void Main(string[] args)
    {
        var service = new PolywireService { Url = args[0].Split('?')[0] };
        System.Console.WriteLine(service.echo("a", 7, true, "b"));
    }
}
